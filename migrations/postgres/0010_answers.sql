-- What was answered to requests that carried an Idempotency-Key: the same request again is answered the
-- same, and carried out once. The status is null while the first one is being carried out.
CREATE TABLE answers (
    id          UUID NOT NULL PRIMARY KEY,
    token_id    UUID NOT NULL REFERENCES tokens (id),
    key         BYTEA NOT NULL,
    request     BYTEA NOT NULL,
    status      BIGINT,
    answer      BYTEA,
    created_at  TIMESTAMPTZ NOT NULL,
    expires_at  TIMESTAMPTZ NOT NULL,
    UNIQUE (token_id, key)
);

-- What a token opens, as words with a space between them; null for all that its role may do.
ALTER TABLE tokens ADD COLUMN scopes TEXT;
