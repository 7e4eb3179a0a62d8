-- Identity: whether a user's data is given and taken without a token that the customer's backend
-- has signed for them.

-- off, observe or enforce.
ALTER TABLE projects ADD COLUMN identity_mode TEXT NOT NULL DEFAULT 'off';

-- What the backend signs with: at most two of a project, so that one can follow the other.
CREATE TABLE identity_secrets (
  -- Never given again, so that a removed one cannot come to mean another.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project INTEGER NOT NULL REFERENCES projects,
  secret TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;

-- Tokens that were given up before they expire. They themselves are kept nowhere.
CREATE TABLE revoked_tokens (
  project INTEGER NOT NULL REFERENCES projects,
  -- SHA-256 of what was signed.
  digest BLOB NOT NULL,
  -- With it goes the revocation: what it has signed is refused then anyway.
  secret INTEGER NOT NULL,
  -- When it is past doubt that the token has expired; null if it never does.
  until INTEGER,
  PRIMARY KEY (project, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX revoked_tokens_by_end ON revoked_tokens (project, until);

-- How much of what names a user or an account is signed, by the day in UTC that begins then.
CREATE TABLE identity_traffic (
  project INTEGER NOT NULL REFERENCES projects,
  day INTEGER NOT NULL,
  signed INTEGER NOT NULL,
  unsigned INTEGER NOT NULL,
  invalid INTEGER NOT NULL,
  PRIMARY KEY (project, day)
) STRICT, WITHOUT ROWID;

-- Whose ids came with an event: the row of just those, whoever the event counts for. A milestone's
-- message id belongs to its sender, so that nobody can use up somebody else's. Negative for a
-- milestone of a browser that a user has claimed, when nobody vouched that it was still theirs.
ALTER TABLE events ADD COLUMN sender INTEGER NOT NULL DEFAULT 0;
UPDATE events SET sender = coalesce(
  (SELECT id FROM people
   WHERE people.project = events.project
     AND people.is_user = (events.user_id IS NOT NULL)
     AND people.key = coalesce(events.user_id, events.anonymous_id)),
  person);
DROP INDEX events_by_message;
CREATE UNIQUE INDEX events_by_message ON events (project, message_id, sender);

-- Nothing of a claimed browser's past stays with the browser.
UPDATE people SET account = NULL, account_at = NULL WHERE joined IS NOT NULL;
