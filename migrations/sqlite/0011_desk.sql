-- What the desk and the API list in pages: each page is read from where the one before it ended.
CREATE INDEX events_of_chapter ON events (chapter_id, seq);
CREATE INDEX members_of_chapter ON members (chapter_id, id);
CREATE INDEX inquiries_of_chapter ON inquiries (chapter_id, id);
CREATE INDEX outbox_failed ON outbox (chapter_id, id) WHERE state = 'failed';

-- A chapter's own tools that are told of changes. Where, and with which secrets, is sealed. The kinds are words
-- with a space between them; null for all. After a failure it is left alone until `rests_until`.
CREATE TABLE webhooks (
    id             BLOB NOT NULL PRIMARY KEY,
    chapter_id     BLOB NOT NULL REFERENCES chapters (id),
    content        BLOB NOT NULL,
    kinds          TEXT,
    state          TEXT NOT NULL,
    failing_since  TEXT,
    rests_until    TEXT,
    version        INTEGER NOT NULL,
    created_at     TEXT NOT NULL
) STRICT;
CREATE INDEX webhooks_of_chapter ON webhooks (chapter_id, id);

-- What is to be told to whom: written with the change, by whatever way the change is written.
CREATE TABLE deliveries (
    webhook_id   BLOB NOT NULL REFERENCES webhooks (id),
    event_id     BLOB NOT NULL REFERENCES events (id),
    chapter_id   BLOB NOT NULL REFERENCES chapters (id),
    state        TEXT NOT NULL,
    due_at       TEXT NOT NULL,
    lease_until  TEXT,
    attempts     INTEGER NOT NULL,
    answer       TEXT,
    ended_at     TEXT,
    PRIMARY KEY (webhook_id, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'waiting';

CREATE TRIGGER deliveries_of_events AFTER INSERT ON events
BEGIN
    INSERT INTO deliveries (webhook_id, event_id, chapter_id, state, due_at, attempts)
    SELECT w.id, NEW.id, w.chapter_id, 'waiting', NEW.at, 0 FROM webhooks w
    WHERE w.chapter_id = NEW.chapter_id AND w.state = 'active'
      AND (w.kinds IS NULL OR ' ' || w.kinds || ' ' LIKE '% ' || NEW.kind || ' %');
END;

-- What is erased when its time is over: an inquiry's words, then the number; and words that belong to no inquiry.
ALTER TABLE inquiries ADD COLUMN words_erased_at TEXT;
CREATE INDEX inquiries_to_erase ON inquiries (chapter_id, closed_at)
    WHERE closed_at IS NOT NULL AND words_erased_at IS NULL;
CREATE INDEX phones_known ON phones (chapter_id, created_at) WHERE number IS NOT NULL;
CREATE INDEX inbound_loose ON inbound (chapter_id, received_at) WHERE inquiry_id IS NULL AND body IS NOT NULL;
CREATE INDEX outbox_loose ON outbox (chapter_id, created_at) WHERE referral_id IS NULL AND body IS NOT NULL;
-- How unknown outcomes came to be known is counted without looking at all others.
CREATE INDEX outbox_settled ON outbox (chapter_id) WHERE settled_how IS NOT NULL;
