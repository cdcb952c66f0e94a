-- Where members' browsers want notifications: found by a keyed hash of the address, and sealed.
CREATE TABLE push_subscriptions (
    id          UUID NOT NULL PRIMARY KEY,
    chapter_id  UUID NOT NULL REFERENCES chapters (id),
    member_id   UUID NOT NULL REFERENCES members (id),
    lookup      BYTEA NOT NULL,
    content     BYTEA NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    UNIQUE (chapter_id, lookup)
);
CREATE INDEX push_subscriptions_of_member ON push_subscriptions (member_id, created_at);

-- The one key, sealed, by which push services know this installation.
CREATE TABLE push_keys (
    id          UUID NOT NULL PRIMARY KEY,
    content     BYTEA NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL
);

-- To which subscription a notification goes. It may be gone before the row is.
ALTER TABLE outbox ADD COLUMN push_id UUID;
