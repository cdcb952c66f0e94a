-- The inbox: threads in the order of their last texts, and the few that are open.
CREATE INDEX inquiries_by_last_text ON inquiries (chapter_id, last_text_at, id);
CREATE INDEX inquiries_running ON inquiries (chapter_id, last_text_at, id) WHERE state <> 'closed';
