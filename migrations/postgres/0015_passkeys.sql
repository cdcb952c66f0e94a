-- Passkeys of the chapter's people: found by a hash of the credential's id. What is kept is public.
CREATE TABLE passkeys (
    id          UUID NOT NULL PRIMARY KEY,
    admin_id    UUID NOT NULL REFERENCES admins (id),
    lookup      BYTEA NOT NULL UNIQUE,
    content     JSONB NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    used_at     TIMESTAMPTZ
);
CREATE INDEX passkeys_of_admin ON passkeys (admin_id, created_at);

-- What a browser was asked to sign, until it answers or is too late. Each is used once.
CREATE TABLE passkey_challenges (
    hash        BYTEA NOT NULL PRIMARY KEY,
    admin_id    UUID REFERENCES admins (id),
    content     JSONB NOT NULL,
    expires_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX passkey_challenges_by_end ON passkey_challenges (expires_at);
