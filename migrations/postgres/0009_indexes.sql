-- Plans are made while tables are small: with the chapter in front, this index was taken for finding a
-- member by her number too, and read the whole roster for it.
DROP INDEX members_by_status;
CREATE INDEX members_by_status ON members (status, chapter_id);

-- A text has no carrier's id until it is handed over: each step before that wrote an entry for nothing.
DROP INDEX outbox_by_carrier_id;
CREATE INDEX outbox_by_carrier_id ON outbox (carrier_message_id) WHERE carrier_message_id IS NOT NULL;

-- A number's next time moves with every text: with room on its page no index has to follow.
ALTER TABLE phones SET (fillfactor = 80);
