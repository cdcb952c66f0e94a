-- What one of the chapter's people corrected of a reading. What it rests on, and what it was and should have been,
-- are sealed as one document.
CREATE TABLE corrections (
    id            UUID NOT NULL PRIMARY KEY,
    chapter_id    UUID NOT NULL REFERENCES chapters (id),
    inquiry_id    UUID NOT NULL REFERENCES inquiries (id),
    field         TEXT NOT NULL,
    content       BYTEA NOT NULL,
    actor         TEXT NOT NULL,
    actor_id      UUID NOT NULL,
    corrected_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX corrections_by_age ON corrections (chapter_id, corrected_at, id);
