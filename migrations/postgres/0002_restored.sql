-- After a restore from a backup: the time of which this database knows nothing. `lost_from` is set for as long as
-- whatever is written for the line may have been sent in that time already, so that the carrier is asked first;
-- until the line's list has been read beyond `lost_until`, other work waits for what came in meanwhile.
ALTER TABLE lines ADD COLUMN lost_from TIMESTAMPTZ;
ALTER TABLE lines ADD COLUMN lost_until TIMESTAMPTZ;
