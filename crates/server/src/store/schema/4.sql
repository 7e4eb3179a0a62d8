-- What authors wrote, where it was compiled for the document; of earlier drafts the document is all there
-- is.
ALTER TABLE drafts ADD COLUMN source TEXT;

-- JSON; without it, the settings that every project begins with.
ALTER TABLE projects ADD COLUMN settings TEXT;
