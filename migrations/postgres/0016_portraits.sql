-- A member's photo, which families see beside her name: small, redrawn, and sealed.
CREATE TABLE portraits (
    member_id   UUID NOT NULL PRIMARY KEY REFERENCES members (id),
    chapter_id  UUID NOT NULL REFERENCES chapters (id),
    content     BYTEA NOT NULL,
    kept_at     TIMESTAMPTZ NOT NULL
);

-- From when on all goes that the person of a number wrote, because it asked for that.
ALTER TABLE phones ADD COLUMN forget_at TIMESTAMPTZ;
CREATE INDEX phones_to_forget ON phones (chapter_id, forget_at) WHERE forget_at IS NOT NULL;
