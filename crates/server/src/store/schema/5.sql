-- The documents in other languages, JSON: an object by language. Without it there are none.
ALTER TABLE drafts ADD COLUMN translations TEXT;
ALTER TABLE publications ADD COLUMN translations TEXT;
