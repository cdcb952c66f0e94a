-- A call may be about a member: two who say STOP are two calls.
ALTER TABLE pages ADD COLUMN member_id BLOB REFERENCES members (id);
-- Somebody has looked at what a call is about: nobody further is called, and it stands until it is decided.
ALTER TABLE pages ADD COLUMN opened_at TEXT;
DROP INDEX pages_open_once;
CREATE UNIQUE INDEX pages_open_once
    ON pages (chapter_id, reason, COALESCE(inquiry_id, x''), COALESCE(line_id, x''), COALESCE(member_id, x''))
    WHERE answered_at IS NULL;
