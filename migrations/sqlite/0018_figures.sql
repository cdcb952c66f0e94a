-- The day's figures, and the referrals behind them, without looking through all that ever were.
CREATE INDEX referrals_by_names ON referrals (chapter_id, names_at) WHERE names_at IS NOT NULL;
CREATE INDEX referrals_by_promise ON referrals (chapter_id, promised_at)
    WHERE promised_at IS NOT NULL AND names_at IS NULL;
