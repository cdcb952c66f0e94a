-- A token that was made for one of the chapter's people: whatever is done with it, she does.
ALTER TABLE tokens ADD COLUMN admin_id BLOB REFERENCES admins (id);
