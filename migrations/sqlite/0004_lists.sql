-- Hospitals and the lists they keep; the chapter's own baseline list is one of them. The private link to the list
-- is found by its hash and sealed beside the notes, so that it can be shown and printed again.
CREATE TABLE hospitals (
    id           BLOB NOT NULL PRIMARY KEY,
    chapter_id   BLOB NOT NULL REFERENCES chapters (id),
    slug         TEXT NOT NULL,
    name         TEXT NOT NULL,
    baseline     INTEGER NOT NULL CHECK (baseline IN (0, 1)),
    stage        TEXT NOT NULL,
    stage_since  TEXT NOT NULL,
    renewal_on   TEXT,
    private      BLOB NOT NULL,
    link_hash    BLOB UNIQUE,
    version      INTEGER NOT NULL,
    created_at   TEXT NOT NULL,
    UNIQUE (chapter_id, slug)
) STRICT;
CREATE UNIQUE INDEX baseline_of_chapter ON hospitals (chapter_id) WHERE baseline = 1;

CREATE TABLE hospital_contacts (
    id           BLOB NOT NULL PRIMARY KEY,
    chapter_id   BLOB NOT NULL REFERENCES chapters (id),
    hospital_id  BLOB NOT NULL REFERENCES hospitals (id),
    role         TEXT NOT NULL,
    private      BLOB NOT NULL,
    created_at   TEXT NOT NULL,
    ended_at     TEXT
) STRICT;
CREATE INDEX contacts_of_hospital ON hospital_contacts (chapter_id, hospital_id);

-- Versions of a hospital's rules: only ever added to. Who said what, and in which words, is in the document.
CREATE TABLE rule_sets (
    id              BLOB NOT NULL PRIMARY KEY,
    chapter_id      BLOB NOT NULL REFERENCES chapters (id),
    hospital_id     BLOB NOT NULL REFERENCES hospitals (id),
    version         TEXT NOT NULL,
    effective_from  TEXT,
    content         BLOB NOT NULL,
    added_by        TEXT NOT NULL,
    created_at      TEXT NOT NULL,
    UNIQUE (hospital_id, version)
) STRICT;
CREATE INDEX rule_sets_of_chapter ON rule_sets (chapter_id, created_at, id);

-- What rules ask of a member and referrals do not: dues, events, conflicts, the start of her practice.
CREATE TABLE member_facts (
    member_id   BLOB NOT NULL PRIMARY KEY REFERENCES members (id),
    chapter_id  BLOB NOT NULL REFERENCES chapters (id),
    content     BLOB NOT NULL,
    updated_at  TEXT NOT NULL
) STRICT;
CREATE INDEX facts_of_chapter ON member_facts (chapter_id);

-- A member's papers: what each shows is sealed; how far it has come stands in clear.
CREATE TABLE evidence (
    id            BLOB NOT NULL PRIMARY KEY,
    chapter_id    BLOB NOT NULL REFERENCES chapters (id),
    member_id     BLOB NOT NULL REFERENCES members (id),
    kind          TEXT NOT NULL,
    status        TEXT NOT NULL,
    content       BLOB NOT NULL,
    submitted_by  TEXT NOT NULL,
    submitted_at  TEXT NOT NULL,
    decided_by    TEXT,
    decided_at    TEXT
) STRICT;
CREATE INDEX evidence_by_status ON evidence (chapter_id, status, submitted_at);
CREATE INDEX evidence_of_member ON evidence (member_id);

-- The original of a piece of evidence, a photo or a PDF, in pieces that a backup can hold in its hand.
CREATE TABLE originals (
    id           BLOB NOT NULL PRIMARY KEY,
    evidence_id  BLOB NOT NULL REFERENCES evidence (id),
    part         INTEGER NOT NULL,
    media_type   TEXT NOT NULL,
    content      BLOB NOT NULL,
    received_at  TEXT NOT NULL,
    UNIQUE (evidence_id, part)
) STRICT;

-- Exceptions: one member, one hospital, one rule, an end. Each counts once another than the one who asked has approved it.
CREATE TABLE overrides (
    id            BLOB NOT NULL PRIMARY KEY,
    chapter_id    BLOB NOT NULL REFERENCES chapters (id),
    hospital_id   BLOB NOT NULL REFERENCES hospitals (id),
    member_id     BLOB NOT NULL REFERENCES members (id),
    rule          TEXT NOT NULL,
    reason        BLOB NOT NULL,
    expires       TEXT NOT NULL,
    requested_by  TEXT NOT NULL,
    requested_at  TEXT NOT NULL,
    approved_by   TEXT,
    granted       TEXT,
    ended_by      TEXT,
    ended_at      TEXT
) STRICT;
CREATE INDEX overrides_of_chapter ON overrides (chapter_id, requested_at, id);

-- Published lists: only ever added to.
CREATE TABLE editions (
    id            BLOB NOT NULL PRIMARY KEY,
    chapter_id    BLOB NOT NULL REFERENCES chapters (id),
    hospital_id   BLOB NOT NULL REFERENCES hospitals (id),
    number        INTEGER NOT NULL,
    corrects      INTEGER,
    as_of         TEXT NOT NULL,
    content       BLOB NOT NULL,
    published_by  TEXT NOT NULL,
    published_at  TEXT NOT NULL,
    UNIQUE (hospital_id, number)
) STRICT;

-- Members taken off a published list at once; they stay off later editions until somebody lifts it.
CREATE TABLE recalls (
    id           BLOB NOT NULL PRIMARY KEY,
    chapter_id   BLOB NOT NULL REFERENCES chapters (id),
    hospital_id  BLOB NOT NULL REFERENCES hospitals (id),
    member_id    BLOB NOT NULL REFERENCES members (id),
    reason       BLOB NOT NULL,
    recalled_by  TEXT NOT NULL,
    recalled_at  TEXT NOT NULL,
    lifted_by    TEXT,
    lifted_at    TEXT
) STRICT;
CREATE UNIQUE INDEX recalls_in_force ON recalls (hospital_id, member_id) WHERE lifted_at IS NULL;
CREATE INDEX recalls_of_chapter ON recalls (chapter_id);
