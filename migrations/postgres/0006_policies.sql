-- By which policy a referral's places are given: the one that held when it was put to the members. `collects_until` is
-- set while claims are collected and nobody has a place yet. What a family thought of it, from 1 to 5.
ALTER TABLE referrals ADD COLUMN policy TEXT NOT NULL DEFAULT 'first_three';
ALTER TABLE referrals ADD COLUMN collects_until TIMESTAMPTZ;
ALTER TABLE referrals ADD COLUMN satisfaction BIGINT CHECK (satisfaction BETWEEN 1 AND 5);
-- A new member's number is hers once she has answered a text sent to it; then she may try a practice referral.
ALTER TABLE members ADD COLUMN number_asked_at TIMESTAMPTZ;
ALTER TABLE members ADD COLUMN number_confirmed_at TIMESTAMPTZ;
ALTER TABLE members ADD COLUMN practised_at TIMESTAMPTZ;
