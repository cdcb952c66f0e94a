-- Links in texts: each opens one page, for one purpose and about one thing, until it expires. Only the hash of its
-- secret part is kept.
CREATE TABLE links (
    hash        BLOB NOT NULL PRIMARY KEY,
    chapter_id  BLOB NOT NULL REFERENCES chapters (id),
    purpose     TEXT NOT NULL,
    subject     BLOB NOT NULL,
    created_at  TEXT NOT NULL,
    expires_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX links_expired ON links (expires_at);
