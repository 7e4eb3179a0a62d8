-- Where sessions end: which task the user was on, by the tab they used last.
ALTER TABLE session_tabs ADD COLUMN content_id TEXT;
ALTER TABLE session_tabs ADD COLUMN task_id TEXT;
-- Of the report that told it: how long the session was, and when it was reported.
ALTER TABLE session_tabs ADD COLUMN length_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session_tabs ADD COLUMN reported_at INTEGER NOT NULL DEFAULT 0;
-- How long the session was when the tab was last in use. Tabs that only lie open report as well.
ALTER TABLE session_tabs ADD COLUMN used_to_ms INTEGER NOT NULL DEFAULT 0;

-- Erasing people.
CREATE INDEX people_by_user ON people (joined) WHERE joined IS NOT NULL;
-- Whether something was erased whose bytes may still lie in unused parts of the files.
ALTER TABLE projects ADD COLUMN owes_sweep INTEGER NOT NULL DEFAULT 0;
