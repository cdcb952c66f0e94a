-- What a member's text can be about is what was put to her last: read in that order, and no further.
DROP INDEX offers_of_member;
CREATE INDEX offers_of_member ON offers (member_id, due_at, id);
DROP INDEX claims_of_member;
CREATE INDEX claims_of_member ON claims (member_id, claimed_at);
