-- Where members' browsers want notifications: found by a keyed hash of the address, and sealed.
CREATE TABLE push_subscriptions (
    id          BLOB NOT NULL PRIMARY KEY,
    chapter_id  BLOB NOT NULL REFERENCES chapters (id),
    member_id   BLOB NOT NULL REFERENCES members (id),
    lookup      BLOB NOT NULL,
    content     BLOB NOT NULL,
    created_at  TEXT NOT NULL,
    UNIQUE (chapter_id, lookup)
) STRICT, WITHOUT ROWID;
CREATE INDEX push_subscriptions_of_member ON push_subscriptions (member_id, created_at);

-- The one key, sealed, by which push services know this installation.
CREATE TABLE push_keys (
    id          BLOB NOT NULL PRIMARY KEY,
    content     BLOB NOT NULL,
    created_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- To which subscription a notification goes. It may be gone before the row is.
ALTER TABLE outbox ADD COLUMN push_id BLOB;
