-- What the desk and the API list in pages: each page is read from where the one before it ended.
CREATE INDEX events_of_chapter ON events (chapter_id, seq);
CREATE INDEX members_of_chapter ON members (chapter_id, id);
CREATE INDEX inquiries_of_chapter ON inquiries (chapter_id, id);
CREATE INDEX outbox_failed ON outbox (chapter_id, id) WHERE state = 'failed';
