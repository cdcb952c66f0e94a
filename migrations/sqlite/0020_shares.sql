-- How often a member's name went to families, and when last, without looking at all that she ever claimed.
CREATE INDEX claims_named ON claims (member_id, named_at) WHERE named_at IS NOT NULL;
