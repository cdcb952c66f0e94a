-- What a member was reminded of: once for each paper (or other thing that ends), its last good day and how near it was.
CREATE TABLE reminders (
    member_id   UUID NOT NULL REFERENCES members (id),
    item        TEXT NOT NULL,
    last_good   TEXT NOT NULL,
    stage       TEXT NOT NULL,
    chapter_id  UUID NOT NULL REFERENCES chapters (id),
    sent_at     TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (member_id, item, last_good, stage)
);

-- Pictures that members texted: what each is taken for (sealed), and how far it has come. They stay at the carrier
-- until they are wanted, and are asked for by the id of the text.
CREATE TABLE photos (
    id           UUID NOT NULL PRIMARY KEY REFERENCES inbound (id),
    chapter_id   UUID NOT NULL REFERENCES chapters (id),
    member_id    UUID NOT NULL REFERENCES members (id),
    state        TEXT NOT NULL,
    content      BYTEA NOT NULL,
    received_at  TIMESTAMPTZ NOT NULL,
    ended_at     TIMESTAMPTZ
);
CREATE INDEX photos_of_member ON photos (member_id, received_at);

-- E-mails go to a hospital's people and to members too.
ALTER TABLE outbox ADD COLUMN contact_id UUID REFERENCES hospital_contacts (id);
ALTER TABLE outbox ADD COLUMN member_id UUID REFERENCES members (id);

-- Counts whatever decides who is on a chapter's lists, so that what was worked out from it is known to be old.
CREATE TABLE list_versions (
    chapter_id  UUID NOT NULL PRIMARY KEY REFERENCES chapters (id),
    version     BIGINT NOT NULL
);
