-- Ids are 16-byte UUIDv7 blobs, instants RFC 3339 text in UTC with six digits of fraction, documents JSON
-- text. Rows that hold sealed text are ordinary tables, narrow ones are kept in their primary key.
-- One row: whether the key at hand is the one this database was sealed with.
CREATE TABLE installation (
    id          INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    key_check   BLOB NOT NULL,
    created_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE chapters (
    id          BLOB NOT NULL PRIMARY KEY,
    slug        TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    timezone    TEXT NOT NULL,
    settings    TEXT NOT NULL CHECK (json_valid(settings)),
    created_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A line's own number is public and stands in clear; its account is sealed.
CREATE TABLE lines (
    id            BLOB NOT NULL PRIMARY KEY,
    chapter_id    BLOB NOT NULL REFERENCES chapters (id),
    carrier       TEXT NOT NULL,
    number        TEXT NOT NULL UNIQUE,
    purpose       TEXT NOT NULL,
    state         TEXT NOT NULL,
    account       BLOB NOT NULL,
    gap_micros    INTEGER NOT NULL CHECK (gap_micros >= 0),
    next_send_at  TEXT NOT NULL,
    paused_code   TEXT,
    paused_at     TEXT,
    listed_until  TEXT NOT NULL,
    created_at    TEXT NOT NULL
) STRICT;
CREATE INDEX lines_of_chapter ON lines (chapter_id);

-- Everybody's number, once per chapter: sealed, found by a keyed hash, erased in one place.
CREATE TABLE phones (
    id                BLOB NOT NULL PRIMARY KEY,
    chapter_id        BLOB NOT NULL REFERENCES chapters (id),
    lookup            BLOB NOT NULL,
    number            BLOB,
    language          TEXT,
    blocked_at        TEXT,
    unreachable_code  TEXT,
    passive_replies   INTEGER NOT NULL DEFAULT 0,
    next_text_at      TEXT NOT NULL,
    created_at        TEXT NOT NULL,
    UNIQUE (chapter_id, lookup)
) STRICT;

-- Who wants no texts. It outlives the number itself, so it holds the keyed hash alone.
CREATE TABLE suppressions (
    chapter_id  BLOB NOT NULL REFERENCES chapters (id),
    lookup      BLOB NOT NULL,
    scope       TEXT NOT NULL,
    source      TEXT NOT NULL,
    since       TEXT NOT NULL,
    PRIMARY KEY (chapter_id, lookup, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE consents (
    id          BLOB NOT NULL PRIMARY KEY,
    chapter_id  BLOB NOT NULL REFERENCES chapters (id),
    phone_id    BLOB NOT NULL REFERENCES phones (id),
    kind        TEXT NOT NULL,
    wording     TEXT NOT NULL,
    language    TEXT NOT NULL,
    channel     TEXT NOT NULL,
    at          TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX consents_of_phone ON consents (phone_id);

CREATE TABLE members (
    id             BLOB NOT NULL PRIMARY KEY,
    chapter_id     BLOB NOT NULL REFERENCES chapters (id),
    phone_id       BLOB NOT NULL REFERENCES phones (id),
    name           BLOB NOT NULL,
    email          BLOB,
    private        BLOB NOT NULL,
    status         TEXT NOT NULL,
    status_reason  BLOB,
    profile        TEXT NOT NULL CHECK (json_valid(profile)),
    away_until     TEXT,
    awaiting       TEXT CHECK (json_valid(awaiting)),
    created_at     TEXT NOT NULL,
    UNIQUE (chapter_id, phone_id)
) STRICT;
CREATE INDEX members_by_status ON members (chapter_id, status);

CREATE TABLE admins (
    id            BLOB NOT NULL PRIMARY KEY,
    chapter_id    BLOB NOT NULL REFERENCES chapters (id),
    phone_id      BLOB NOT NULL REFERENCES phones (id),
    name          BLOB NOT NULL,
    email         BLOB NOT NULL,
    role          TEXT NOT NULL,
    paging_order  INTEGER NOT NULL,
    created_at    TEXT NOT NULL,
    UNIQUE (chapter_id, phone_id)
) STRICT;

-- Links that sign one of the chapter's people in, once each. Only the hash is kept.
CREATE TABLE sign_ins (
    hash        BLOB NOT NULL PRIMARY KEY,
    admin_id    BLOB NOT NULL REFERENCES admins (id),
    expires_at  TEXT NOT NULL,
    used_at     TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    hash        BLOB NOT NULL PRIMARY KEY,
    admin_id    BLOB NOT NULL REFERENCES admins (id),
    created_at  TEXT NOT NULL,
    expires_at  TEXT NOT NULL,
    ended_at    TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_admin ON sessions (admin_id);

CREATE TABLE tokens (
    id          BLOB NOT NULL PRIMARY KEY,
    chapter_id  BLOB NOT NULL REFERENCES chapters (id),
    name        TEXT NOT NULL,
    hash        BLOB NOT NULL UNIQUE,
    role        TEXT NOT NULL,
    created_at  TEXT NOT NULL,
    revoked_at  TEXT,
    UNIQUE (chapter_id, name)
) STRICT, WITHOUT ROWID;

-- One family's need. The reading holds the family's words as reasons, so it is sealed whole.
CREATE TABLE inquiries (
    id             BLOB NOT NULL PRIMARY KEY,
    chapter_id     BLOB NOT NULL REFERENCES chapters (id),
    line_id        BLOB NOT NULL REFERENCES lines (id),
    phone_id       BLOB NOT NULL REFERENCES phones (id),
    state          TEXT NOT NULL,
    language       TEXT NOT NULL,
    reading        BLOB,
    asked          TEXT,
    handled_by     TEXT NOT NULL,
    texts_sent     INTEGER NOT NULL DEFAULT 0,
    first_text_at  TEXT NOT NULL,
    last_text_at   TEXT NOT NULL,
    closed_at      TEXT,
    close_reason   TEXT
) STRICT;
-- A family has one open need on a line at a time.
CREATE UNIQUE INDEX inquiries_open ON inquiries (line_id, phone_id) WHERE state <> 'closed';
CREATE INDEX inquiries_of_phone ON inquiries (phone_id, last_text_at);

CREATE TABLE inbound (
    seq                 INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id                  BLOB NOT NULL UNIQUE,
    chapter_id          BLOB NOT NULL REFERENCES chapters (id),
    line_id             BLOB NOT NULL REFERENCES lines (id),
    phone_id            BLOB NOT NULL REFERENCES phones (id),
    carrier_message_id  TEXT NOT NULL,
    standing            TEXT NOT NULL,
    body                BLOB,
    media               INTEGER NOT NULL,
    inquiry_id          BLOB REFERENCES inquiries (id),
    read_at             TEXT,
    received_at         TEXT NOT NULL,
    UNIQUE (line_id, carrier_message_id)
) STRICT;
CREATE INDEX inbound_of_inquiry ON inbound (inquiry_id, seq);
CREATE INDEX inbound_of_phone ON inbound (phone_id, seq);

CREATE TABLE referrals (
    id             BLOB NOT NULL PRIMARY KEY,
    chapter_id     BLOB NOT NULL REFERENCES chapters (id),
    inquiry_id     BLOB NOT NULL UNIQUE REFERENCES inquiries (id),
    line_id        BLOB NOT NULL REFERENCES lines (id),
    phone_id       BLOB NOT NULL REFERENCES phones (id),
    code           TEXT,
    state          TEXT NOT NULL,
    hold_reason    TEXT,
    urgent         INTEGER NOT NULL,
    facts          TEXT NOT NULL CHECK (json_valid(facts)),
    round          INTEGER NOT NULL,
    widened        INTEGER NOT NULL DEFAULT 0,
    asked          INTEGER NOT NULL DEFAULT 0,
    asking_from    TEXT,
    promised_at    TEXT,
    opened_at      TEXT,
    filled_at      TEXT,
    names_at       TEXT,
    top_ups        INTEGER NOT NULL DEFAULT 0,
    followed_at    TEXT,
    outcome        TEXT,
    closed_at      TEXT,
    close_reason   TEXT,
    version        INTEGER NOT NULL DEFAULT 1,
    created_at     TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX referrals_running_code ON referrals (chapter_id, code) WHERE closed_at IS NULL;
CREATE INDEX referrals_by_code ON referrals (chapter_id, code, created_at);
CREATE INDEX referrals_by_age ON referrals (chapter_id, created_at, id);
CREATE INDEX referrals_running ON referrals (chapter_id, state) WHERE closed_at IS NULL;

CREATE TABLE offers (
    id           BLOB NOT NULL PRIMARY KEY,
    chapter_id   BLOB NOT NULL REFERENCES chapters (id),
    referral_id  BLOB NOT NULL REFERENCES referrals (id),
    member_id    BLOB NOT NULL REFERENCES members (id),
    round        INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    state        TEXT NOT NULL,
    due_at       TEXT NOT NULL,
    outbox_id    BLOB,
    answered_at  TEXT,
    UNIQUE (referral_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX offers_of_member ON offers (member_id, state);
CREATE INDEX offers_of_outbox ON offers (outbox_id);

-- Who has which place. The referral's row is the referee: it is locked before this table is read.
CREATE TABLE claims (
    id           BLOB NOT NULL PRIMARY KEY,
    chapter_id   BLOB NOT NULL REFERENCES chapters (id),
    referral_id  BLOB NOT NULL REFERENCES referrals (id),
    member_id    BLOB NOT NULL REFERENCES members (id),
    kind         TEXT NOT NULL,
    place        INTEGER CHECK (place BETWEEN 1 AND 3),
    turn         INTEGER NOT NULL,
    caveat       BLOB,
    held_until   TEXT,
    named_at     TEXT,
    claimed_at   TEXT NOT NULL,
    UNIQUE (referral_id, member_id),
    UNIQUE (referral_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_of_member ON claims (member_id, kind);

CREATE TABLE events (
    seq          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id           BLOB NOT NULL UNIQUE,
    chapter_id   BLOB NOT NULL REFERENCES chapters (id),
    inquiry_id   BLOB REFERENCES inquiries (id),
    referral_id  BLOB REFERENCES referrals (id),
    at           TEXT NOT NULL,
    actor        TEXT NOT NULL,
    actor_id     BLOB,
    kind         TEXT NOT NULL,
    detail       TEXT NOT NULL CHECK (json_valid(detail))
) STRICT;
CREATE INDEX events_of_referral ON events (referral_id, seq);
CREATE INDEX events_of_inquiry ON events (inquiry_id, seq);

CREATE TABLE outbox (
    seq                 INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id                  BLOB NOT NULL UNIQUE,
    chapter_id          BLOB NOT NULL REFERENCES chapters (id),
    channel             TEXT NOT NULL,
    line_id             BLOB REFERENCES lines (id),
    phone_id            BLOB REFERENCES phones (id),
    admin_id            BLOB REFERENCES admins (id),
    kind                TEXT NOT NULL,
    priority            INTEGER NOT NULL,
    lane                INTEGER NOT NULL,
    dedupe              TEXT NOT NULL UNIQUE,
    inquiry_id          BLOB REFERENCES inquiries (id),
    referral_id         BLOB REFERENCES referrals (id),
    offer_id            BLOB REFERENCES offers (id),
    subject             BLOB,
    body                BLOB,
    state               TEXT NOT NULL,
    due_at              TEXT NOT NULL,
    expires_at          TEXT NOT NULL,
    lease_until         TEXT,
    attempts            INTEGER NOT NULL DEFAULT 0,
    written_at          TEXT,
    carrier_message_id  TEXT,
    segments            INTEGER,
    error_code          TEXT,
    error_class         TEXT,
    settled_how         TEXT,
    accepted_at         TEXT,
    ended_at            TEXT,
    created_at          TEXT NOT NULL
) STRICT;
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
    subject      BLOB NOT NULL,
    chapter_id   BLOB NOT NULL REFERENCES chapters (id),
    due_at       TEXT NOT NULL,
    lease_until  TEXT,
    attempts     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX tasks_due ON tasks (due_at);
CREATE INDEX tasks_leased ON tasks (lease_until) WHERE lease_until IS NOT NULL;

CREATE TABLE pages (
    id           BLOB NOT NULL PRIMARY KEY,
    chapter_id   BLOB NOT NULL REFERENCES chapters (id),
    reason       TEXT NOT NULL,
    inquiry_id   BLOB REFERENCES inquiries (id),
    referral_id  BLOB REFERENCES referrals (id),
    line_id      BLOB REFERENCES lines (id),
    turns        INTEGER NOT NULL DEFAULT 0,
    raised_at    TEXT NOT NULL,
    answered_at  TEXT,
    answered_by  BLOB REFERENCES admins (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pages_open ON pages (chapter_id, raised_at) WHERE answered_at IS NULL;
-- One call for attention about one thing at a time. Nulls would be all different, so they stand as nothing.
CREATE UNIQUE INDEX pages_open_once
    ON pages (chapter_id, reason, COALESCE(inquiry_id, x''), COALESCE(line_id, x''))
    WHERE answered_at IS NULL;
