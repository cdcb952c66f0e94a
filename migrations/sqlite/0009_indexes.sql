-- As for PostgreSQL, so that both have the same.
DROP INDEX members_by_status;
CREATE INDEX members_by_status ON members (status, chapter_id);

DROP INDEX outbox_by_carrier_id;
CREATE INDEX outbox_by_carrier_id ON outbox (carrier_message_id) WHERE carrier_message_id IS NOT NULL;
