-- A link that was e-mailed works with a code that is texted. The code's hash is bound to its link.
ALTER TABLE sign_ins ADD COLUMN with_code BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE sign_ins ADD COLUMN code BYTEA;
ALTER TABLE sign_ins ADD COLUMN code_until TIMESTAMPTZ;
ALTER TABLE sign_ins ADD COLUMN codes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sign_ins ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
CREATE INDEX sign_ins_of_admin ON sign_ins (admin_id, expires_at);
-- Whoever is none of the chapter's people any more stays in what she did.
ALTER TABLE admins ADD COLUMN ended_at TIMESTAMPTZ;
