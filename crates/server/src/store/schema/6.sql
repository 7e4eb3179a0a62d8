-- How a piece of content looks, JSON; without it, as the project does.
ALTER TABLE drafts ADD COLUMN theme TEXT;
ALTER TABLE publications ADD COLUMN theme TEXT;
