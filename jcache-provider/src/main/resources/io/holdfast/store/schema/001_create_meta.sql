-- One row: what holds for the whole file. The seed makes row ids unguessable for strangers.
CREATE TABLE store (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  row_id_seed_0   INTEGER NOT NULL,
  row_id_seed_1   INTEGER NOT NULL,
  created_at_ms   INTEGER NOT NULL
);

-- One row a cache. AUTOINCREMENT: the id names the tables, so it must never be given twice.
CREATE TABLE cache (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  name            TEXT NOT NULL UNIQUE,
  key_format      TEXT NOT NULL,
  value_format    TEXT NOT NULL,
  max_entries     INTEGER,
  max_bytes       INTEGER,
  view_name       TEXT NOT NULL,
  created_at_ms   INTEGER NOT NULL
);

-- What changes with the rows, apart from cache so that a commit rewrites one small page.
CREATE TABLE tally (
  cache_id         INTEGER PRIMARY KEY,
  entries          INTEGER NOT NULL DEFAULT 0,
  payload_bytes    INTEGER NOT NULL DEFAULT 0,
  last_write_at_ms INTEGER NOT NULL DEFAULT 0,
  version_limit    INTEGER NOT NULL DEFAULT 0
);

-- By name and not by id: a serialiser may store its state before its cache exists.
CREATE TABLE state (
  cache_name TEXT NOT NULL,
  holder     TEXT NOT NULL,
  "key"      BLOB NOT NULL,
  value      BLOB NOT NULL,
  PRIMARY KEY (cache_name, holder, "key")
) WITHOUT ROWID;
