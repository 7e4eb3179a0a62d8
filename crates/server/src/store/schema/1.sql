-- All times are wall milliseconds since 1970-01-01T00:00:00Z.

CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  write_key TEXT NOT NULL UNIQUE,
  secret_key TEXT NOT NULL UNIQUE,
  -- When the readiness probe last wrote.
  probed_at INTEGER
) STRICT;

-- A person is a user, or a browser of which no user is known. A browser that a user has claimed
-- points at them, so that what arrives late joins them too.
CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES projects,
  is_user INTEGER NOT NULL,
  -- The user id or the anonymous id.
  key TEXT NOT NULL,
  joined INTEGER REFERENCES people,
  first_seen INTEGER NOT NULL,
  -- The account they were last said to belong to, and when that was said.
  account TEXT,
  account_at INTEGER,
  UNIQUE (project, is_user, key)
) STRICT;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES projects,
  message_id TEXT NOT NULL,
  -- track, identify, page or group.
  kind TEXT NOT NULL,
  -- The event's or the page's name.
  name TEXT NOT NULL,
  -- Whom it counts for; the ids that were sent stay beside it.
  person INTEGER NOT NULL REFERENCES people,
  user_id TEXT,
  anonymous_id TEXT,
  account TEXT,
  -- Of our own events only.
  session_id TEXT,
  content_id TEXT,
  task_id TEXT,
  at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  -- JSON as it was sent; the traits of an identify or a group.
  properties TEXT NOT NULL,
  context TEXT NOT NULL
) STRICT;

-- A message id counts once, for ever.
CREATE UNIQUE INDEX events_by_message ON events (project, message_id);
CREATE INDEX events_by_person ON events (person, name, at);
CREATE INDEX events_by_run ON events (person, content_id) WHERE content_id IS NOT NULL;
CREATE INDEX events_by_content ON events (project, content_id, name, person)
  WHERE content_id IS NOT NULL;

CREATE TABLE user_traits (
  person INTEGER NOT NULL REFERENCES people,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (person, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_traits (
  project INTEGER NOT NULL REFERENCES projects,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (project, account, name)
) STRICT, WITHOUT ROWID;

-- Running totals, of which the largest is kept.
CREATE TABLE sessions (
  project INTEGER NOT NULL REFERENCES projects,
  session_id TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES people,
  started_at INTEGER NOT NULL,
  -- The largest of its tabs.
  length_ms INTEGER NOT NULL,
  -- The sum of its tabs.
  engaged_ms INTEGER NOT NULL,
  PRIMARY KEY (project, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_person ON sessions (person, started_at);

CREATE TABLE session_tabs (
  project INTEGER NOT NULL,
  session_id TEXT NOT NULL,
  tab_id TEXT NOT NULL,
  engaged_ms INTEGER NOT NULL,
  PRIMARY KEY (project, session_id, tab_id)
) STRICT, WITHOUT ROWID;

-- What is known of sessions without the widget: boots, drawn together where less than the idle time
-- of a session lies between them.
CREATE TABLE visits (
  id INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES projects,
  person INTEGER NOT NULL REFERENCES people,
  started_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT;
CREATE INDEX visits_by_person ON visits (person, last_at);

-- What authors work on.
CREATE TABLE drafts (
  project INTEGER NOT NULL REFERENCES projects,
  id TEXT NOT NULL,
  document TEXT NOT NULL,
  pushed_at INTEGER NOT NULL,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

-- What users get: never changed once it is here.
CREATE TABLE publications (
  project INTEGER NOT NULL REFERENCES projects,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  document TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  PRIMARY KEY (project, id, version)
) STRICT, WITHOUT ROWID;
