-- Links in texts: each opens one page, for one purpose and about one thing, until it expires. Only the hash of its
-- secret part is kept.
CREATE TABLE links (
    hash        BYTEA NOT NULL PRIMARY KEY,
    chapter_id  UUID NOT NULL REFERENCES chapters (id),
    purpose     TEXT NOT NULL,
    subject     UUID NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    expires_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX links_expired ON links (expires_at);
