-- A call may be about a member: two who say STOP are two calls.
ALTER TABLE pages ADD COLUMN member_id UUID REFERENCES members (id);
-- Somebody has looked at what a call is about: nobody further is called, and it stands until it is decided.
ALTER TABLE pages ADD COLUMN opened_at TIMESTAMPTZ;
DROP INDEX pages_open_once;
CREATE UNIQUE INDEX pages_open_once
    ON pages (chapter_id, reason, COALESCE(inquiry_id, '00000000-0000-0000-0000-000000000000'),
              COALESCE(line_id, '00000000-0000-0000-0000-000000000000'),
              COALESCE(member_id, '00000000-0000-0000-0000-000000000000'))
    WHERE answered_at IS NULL;
