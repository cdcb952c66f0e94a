-- What one of the chapter's people corrected of a reading. What it rests on, and what it was and should have been,
-- are sealed as one document.
CREATE TABLE corrections (
    id            BLOB NOT NULL PRIMARY KEY,
    chapter_id    BLOB NOT NULL REFERENCES chapters (id),
    inquiry_id    BLOB NOT NULL REFERENCES inquiries (id),
    field         TEXT NOT NULL,
    content       BLOB NOT NULL,
    actor         TEXT NOT NULL,
    actor_id      BLOB NOT NULL,
    corrected_at  TEXT NOT NULL
) STRICT;
CREATE INDEX corrections_by_age ON corrections (chapter_id, corrected_at, id);
