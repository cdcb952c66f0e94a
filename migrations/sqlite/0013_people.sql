-- A link that was e-mailed works with a code that is texted. The code's hash is bound to its link.
ALTER TABLE sign_ins ADD COLUMN with_code INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sign_ins ADD COLUMN code BLOB;
ALTER TABLE sign_ins ADD COLUMN code_until TEXT;
ALTER TABLE sign_ins ADD COLUMN codes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sign_ins ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
CREATE INDEX sign_ins_of_admin ON sign_ins (admin_id, expires_at);
-- Whoever is none of the chapter's people any more stays in what she did.
ALTER TABLE admins ADD COLUMN ended_at TEXT;
