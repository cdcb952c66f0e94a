-- Passkeys of the chapter's people: found by a hash of the credential's id. What is kept is public.
CREATE TABLE passkeys (
    id          BLOB NOT NULL PRIMARY KEY,
    admin_id    BLOB NOT NULL REFERENCES admins (id),
    lookup      BLOB NOT NULL UNIQUE,
    content     TEXT NOT NULL,
    created_at  TEXT NOT NULL,
    used_at     TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX passkeys_of_admin ON passkeys (admin_id, created_at);

-- What a browser was asked to sign, until it answers or is too late. Each is used once.
CREATE TABLE passkey_challenges (
    hash        BLOB NOT NULL PRIMARY KEY,
    admin_id    BLOB REFERENCES admins (id),
    content     TEXT NOT NULL,
    expires_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_challenges_by_end ON passkey_challenges (expires_at);
