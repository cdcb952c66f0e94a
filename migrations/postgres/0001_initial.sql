-- One row: whether the key at hand is the one this database was sealed with.
CREATE TABLE installation (
    id          BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    key_check   BYTEA NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL
);

CREATE TABLE chapters (
    id          UUID NOT NULL PRIMARY KEY,
    slug        TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    timezone    TEXT NOT NULL,
    settings    JSONB NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL
);

-- A line's own number is public and stands in clear; its account is sealed.
CREATE TABLE lines (
    id            UUID NOT NULL PRIMARY KEY,
    chapter_id    UUID NOT NULL REFERENCES chapters (id),
    carrier       TEXT NOT NULL,
    number        TEXT NOT NULL UNIQUE,
    purpose       TEXT NOT NULL,
    state         TEXT NOT NULL,
    account       BYTEA NOT NULL,
    gap_micros    BIGINT NOT NULL CHECK (gap_micros >= 0),
    next_send_at  TIMESTAMPTZ NOT NULL,
    paused_code   TEXT,
    paused_at     TIMESTAMPTZ,
    listed_until  TIMESTAMPTZ NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL
);
CREATE INDEX lines_of_chapter ON lines (chapter_id);

-- Everybody's number, once per chapter: sealed, found by a keyed hash, erased in one place.
CREATE TABLE phones (
    id                UUID NOT NULL PRIMARY KEY,
    chapter_id        UUID NOT NULL REFERENCES chapters (id),
    lookup            BYTEA NOT NULL,
    number            BYTEA,
    language          TEXT,
    blocked_at        TIMESTAMPTZ,
    unreachable_code  TEXT,
    passive_replies   BIGINT NOT NULL DEFAULT 0,
    next_text_at      TIMESTAMPTZ NOT NULL,
    created_at        TIMESTAMPTZ NOT NULL,
    UNIQUE (chapter_id, lookup)
);

-- Who wants no texts. It outlives the number itself, so it holds the keyed hash alone.
CREATE TABLE suppressions (
    chapter_id  UUID NOT NULL REFERENCES chapters (id),
    lookup      BYTEA NOT NULL,
    scope       TEXT NOT NULL,
    source      TEXT NOT NULL,
    since       TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (chapter_id, lookup, scope)
);

CREATE TABLE consents (
    id          UUID NOT NULL PRIMARY KEY,
    chapter_id  UUID NOT NULL REFERENCES chapters (id),
    phone_id    UUID NOT NULL REFERENCES phones (id),
    kind        TEXT NOT NULL,
    wording     TEXT NOT NULL,
    language    TEXT NOT NULL,
    channel     TEXT NOT NULL,
    at          TIMESTAMPTZ NOT NULL
);
CREATE INDEX consents_of_phone ON consents (phone_id);

CREATE TABLE members (
    id             UUID NOT NULL PRIMARY KEY,
    chapter_id     UUID NOT NULL REFERENCES chapters (id),
    phone_id       UUID NOT NULL REFERENCES phones (id),
    name           BYTEA NOT NULL,
    email          BYTEA,
    private        BYTEA NOT NULL,
    status         TEXT NOT NULL,
    status_reason  BYTEA,
    profile        JSONB NOT NULL,
    away_until     TIMESTAMPTZ,
    awaiting       JSONB,
    created_at     TIMESTAMPTZ NOT NULL,
    UNIQUE (chapter_id, phone_id)
);
CREATE INDEX members_by_status ON members (chapter_id, status);

CREATE TABLE admins (
    id            UUID NOT NULL PRIMARY KEY,
    chapter_id    UUID NOT NULL REFERENCES chapters (id),
    phone_id      UUID NOT NULL REFERENCES phones (id),
    name          BYTEA NOT NULL,
    email         BYTEA NOT NULL,
    role          TEXT NOT NULL,
    paging_order  BIGINT NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL,
    UNIQUE (chapter_id, phone_id)
);

-- Links that sign one of the chapter's people in, once each. Only the hash is kept.
CREATE TABLE sign_ins (
    hash        BYTEA NOT NULL PRIMARY KEY,
    admin_id    UUID NOT NULL REFERENCES admins (id),
    expires_at  TIMESTAMPTZ NOT NULL,
    used_at     TIMESTAMPTZ
);

CREATE TABLE sessions (
    hash        BYTEA NOT NULL PRIMARY KEY,
    admin_id    UUID NOT NULL REFERENCES admins (id),
    created_at  TIMESTAMPTZ NOT NULL,
    expires_at  TIMESTAMPTZ NOT NULL,
    ended_at    TIMESTAMPTZ
);
CREATE INDEX sessions_of_admin ON sessions (admin_id);

CREATE TABLE tokens (
    id          UUID NOT NULL PRIMARY KEY,
    chapter_id  UUID NOT NULL REFERENCES chapters (id),
    name        TEXT NOT NULL,
    hash        BYTEA NOT NULL UNIQUE,
    role        TEXT NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    revoked_at  TIMESTAMPTZ,
    UNIQUE (chapter_id, name)
);

-- One family's need. The reading holds the family's words as reasons, so it is sealed whole.
CREATE TABLE inquiries (
    id             UUID NOT NULL PRIMARY KEY,
    chapter_id     UUID NOT NULL REFERENCES chapters (id),
    line_id        UUID NOT NULL REFERENCES lines (id),
    phone_id       UUID NOT NULL REFERENCES phones (id),
    state          TEXT NOT NULL,
    language       TEXT NOT NULL,
    reading        BYTEA,
    asked          TEXT,
    handled_by     TEXT NOT NULL,
    texts_sent     BIGINT NOT NULL DEFAULT 0,
    first_text_at  TIMESTAMPTZ NOT NULL,
    last_text_at   TIMESTAMPTZ NOT NULL,
    closed_at      TIMESTAMPTZ,
    close_reason   TEXT
);
-- A family has one open need on a line at a time.
CREATE UNIQUE INDEX inquiries_open ON inquiries (line_id, phone_id) WHERE state <> 'closed';
CREATE INDEX inquiries_of_phone ON inquiries (phone_id, last_text_at);

CREATE TABLE inbound (
    id                  UUID NOT NULL PRIMARY KEY,
    seq                 BIGINT GENERATED ALWAYS AS IDENTITY,
    chapter_id          UUID NOT NULL REFERENCES chapters (id),
    line_id             UUID NOT NULL REFERENCES lines (id),
    phone_id            UUID NOT NULL REFERENCES phones (id),
    carrier_message_id  TEXT NOT NULL,
    standing            TEXT NOT NULL,
    body                BYTEA,
    media               BIGINT NOT NULL,
    inquiry_id          UUID REFERENCES inquiries (id),
    read_at             TIMESTAMPTZ,
    received_at         TIMESTAMPTZ NOT NULL,
    UNIQUE (line_id, carrier_message_id)
);
CREATE INDEX inbound_of_inquiry ON inbound (inquiry_id, seq);
CREATE INDEX inbound_of_phone ON inbound (phone_id, seq);

CREATE TABLE referrals (
    id             UUID NOT NULL PRIMARY KEY,
    chapter_id     UUID NOT NULL REFERENCES chapters (id),
    inquiry_id     UUID NOT NULL UNIQUE REFERENCES inquiries (id),
    line_id        UUID NOT NULL REFERENCES lines (id),
    phone_id       UUID NOT NULL REFERENCES phones (id),
    code           TEXT,
    state          TEXT NOT NULL,
    hold_reason    TEXT,
    urgent         BOOLEAN NOT NULL,
    facts          JSONB NOT NULL,
    round          BIGINT NOT NULL,
    widened        BIGINT NOT NULL DEFAULT 0,
    asked          BIGINT NOT NULL DEFAULT 0,
    asking_from    TIMESTAMPTZ,
    promised_at    TIMESTAMPTZ,
    opened_at      TIMESTAMPTZ,
    filled_at      TIMESTAMPTZ,
    names_at       TIMESTAMPTZ,
    top_ups        BIGINT NOT NULL DEFAULT 0,
    followed_at    TIMESTAMPTZ,
    outcome        TEXT,
    closed_at      TIMESTAMPTZ,
    close_reason   TEXT,
    version        BIGINT NOT NULL DEFAULT 1,
    created_at     TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX referrals_running_code ON referrals (chapter_id, code) WHERE closed_at IS NULL;
CREATE INDEX referrals_by_code ON referrals (chapter_id, code, created_at);
CREATE INDEX referrals_by_age ON referrals (chapter_id, created_at, id);
CREATE INDEX referrals_running ON referrals (chapter_id, state) WHERE closed_at IS NULL;

CREATE TABLE offers (
    id           UUID NOT NULL PRIMARY KEY,
    chapter_id   UUID NOT NULL REFERENCES chapters (id),
    referral_id  UUID NOT NULL REFERENCES referrals (id),
    member_id    UUID NOT NULL REFERENCES members (id),
    round        BIGINT NOT NULL,
    position     BIGINT NOT NULL,
    state        TEXT NOT NULL,
    due_at       TIMESTAMPTZ NOT NULL,
    outbox_id    UUID,
    answered_at  TIMESTAMPTZ,
    UNIQUE (referral_id, member_id)
);
CREATE INDEX offers_of_member ON offers (member_id, state);
CREATE INDEX offers_of_outbox ON offers (outbox_id);

-- Who has which place. The referral's row is the referee: it is locked before this table is read.
CREATE TABLE claims (
    id           UUID NOT NULL PRIMARY KEY,
    chapter_id   UUID NOT NULL REFERENCES chapters (id),
    referral_id  UUID NOT NULL REFERENCES referrals (id),
    member_id    UUID NOT NULL REFERENCES members (id),
    kind         TEXT NOT NULL,
    place        BIGINT CHECK (place BETWEEN 1 AND 3),
    turn         BIGINT NOT NULL,
    caveat       BYTEA,
    held_until   TIMESTAMPTZ,
    named_at     TIMESTAMPTZ,
    claimed_at   TIMESTAMPTZ NOT NULL,
    UNIQUE (referral_id, member_id),
    UNIQUE (referral_id, place)
);
CREATE INDEX claims_of_member ON claims (member_id, kind);

CREATE TABLE events (
    id           UUID NOT NULL PRIMARY KEY,
    seq          BIGINT GENERATED ALWAYS AS IDENTITY,
    chapter_id   UUID NOT NULL REFERENCES chapters (id),
    inquiry_id   UUID REFERENCES inquiries (id),
    referral_id  UUID REFERENCES referrals (id),
    at           TIMESTAMPTZ NOT NULL,
    actor        TEXT NOT NULL,
    actor_id     UUID,
    kind         TEXT NOT NULL,
    detail       JSONB NOT NULL
);
CREATE INDEX events_of_referral ON events (referral_id, seq);
CREATE INDEX events_of_inquiry ON events (inquiry_id, seq);

CREATE TABLE outbox (
    id                  UUID NOT NULL PRIMARY KEY,
    seq                 BIGINT GENERATED ALWAYS AS IDENTITY,
    chapter_id          UUID NOT NULL REFERENCES chapters (id),
    channel             TEXT NOT NULL,
    line_id             UUID REFERENCES lines (id),
    phone_id            UUID REFERENCES phones (id),
    admin_id            UUID REFERENCES admins (id),
    kind                TEXT NOT NULL,
    priority            BIGINT NOT NULL,
    lane                BIGINT NOT NULL,
    dedupe              TEXT NOT NULL UNIQUE,
    inquiry_id          UUID REFERENCES inquiries (id),
    referral_id         UUID REFERENCES referrals (id),
    offer_id            UUID REFERENCES offers (id),
    subject             BYTEA,
    body                BYTEA,
    state               TEXT NOT NULL,
    due_at              TIMESTAMPTZ NOT NULL,
    expires_at          TIMESTAMPTZ NOT NULL,
    lease_until         TIMESTAMPTZ,
    attempts            BIGINT NOT NULL DEFAULT 0,
    written_at          TIMESTAMPTZ,
    carrier_message_id  TEXT,
    segments            BIGINT,
    error_code          TEXT,
    error_class         TEXT,
    settled_how         TEXT,
    accepted_at         TIMESTAMPTZ,
    ended_at            TIMESTAMPTZ,
    created_at          TIMESTAMPTZ NOT NULL
);
CREATE INDEX outbox_next ON outbox (line_id, priority, seq) WHERE state = 'waiting';
CREATE INDEX outbox_mail ON outbox (channel, due_at) WHERE state IN ('waiting', 'sending', 'unknown') AND line_id IS NULL;
CREATE INDEX outbox_unsettled ON outbox (phone_id, seq) WHERE state IN ('waiting', 'sending', 'unknown');
CREATE INDEX outbox_leased ON outbox (lease_until) WHERE state IN ('sending', 'unknown');
CREATE INDEX outbox_by_carrier_id ON outbox (carrier_message_id);
CREATE INDEX outbox_of_referral ON outbox (referral_id, seq);
CREATE INDEX outbox_of_phone ON outbox (phone_id, seq);

-- Timed work. A task takes no input: it names a row, and what is due is read from the tables.
CREATE TABLE tasks (
    kind         TEXT NOT NULL,
    subject      UUID NOT NULL,
    chapter_id   UUID NOT NULL REFERENCES chapters (id),
    due_at       TIMESTAMPTZ NOT NULL,
    lease_until  TIMESTAMPTZ,
    attempts     BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, subject)
);
CREATE INDEX tasks_due ON tasks (due_at);
CREATE INDEX tasks_leased ON tasks (lease_until) WHERE lease_until IS NOT NULL;

CREATE TABLE pages (
    id           UUID NOT NULL PRIMARY KEY,
    chapter_id   UUID NOT NULL REFERENCES chapters (id),
    reason       TEXT NOT NULL,
    inquiry_id   UUID REFERENCES inquiries (id),
    referral_id  UUID REFERENCES referrals (id),
    line_id      UUID REFERENCES lines (id),
    turns        BIGINT NOT NULL DEFAULT 0,
    raised_at    TIMESTAMPTZ NOT NULL,
    answered_at  TIMESTAMPTZ,
    answered_by  UUID REFERENCES admins (id)
);
CREATE INDEX pages_open ON pages (chapter_id, raised_at) WHERE answered_at IS NULL;
-- One call for attention about one thing at a time. Nulls would be all different, so they stand as nothing.
CREATE UNIQUE INDEX pages_open_once
    ON pages (chapter_id, reason, COALESCE(inquiry_id, '00000000-0000-0000-0000-000000000000'), COALESCE(line_id, '00000000-0000-0000-0000-000000000000'))
    WHERE answered_at IS NULL;
