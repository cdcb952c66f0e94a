-- A member's photo, which families see beside her name: small, redrawn, and sealed.
CREATE TABLE portraits (
    member_id   BLOB NOT NULL PRIMARY KEY REFERENCES members (id),
    chapter_id  BLOB NOT NULL REFERENCES chapters (id),
    content     BLOB NOT NULL,
    kept_at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- From when on all goes that the person of a number wrote, because it asked for that.
ALTER TABLE phones ADD COLUMN forget_at TEXT;
CREATE INDEX phones_to_forget ON phones (chapter_id, forget_at) WHERE forget_at IS NOT NULL;
