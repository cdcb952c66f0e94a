-- What was answered to requests that carried an Idempotency-Key: the same request again is answered the
-- same, and carried out once. The status is null while the first one is being carried out.
CREATE TABLE answers (
    id          BLOB NOT NULL PRIMARY KEY,
    token_id    BLOB NOT NULL REFERENCES tokens (id),
    key         BLOB NOT NULL,
    request     BLOB NOT NULL,
    status      INTEGER,
    answer      BLOB,
    created_at  TEXT NOT NULL,
    expires_at  TEXT NOT NULL,
    UNIQUE (token_id, key)
) STRICT;

-- What a token opens, as words with a space between them; null for all that its role may do.
ALTER TABLE tokens ADD COLUMN scopes TEXT;
