-- The record in the order of time: a day of it is found without going back through all that came after.
DROP INDEX events_of_chapter;
CREATE INDEX events_in_time ON events (chapter_id, at, seq);
