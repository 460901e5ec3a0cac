-- All caches at a glance, for a person at a shell.
CREATE VIEW holdfast_caches AS
SELECT c.name                                                                                AS name,
       t.entries                                                                             AS entries,
       t.payload_bytes                                                                       AS bytes,
       c.max_entries                                                                         AS max_entries,
       c.max_bytes                                                                           AS max_bytes,
       strftime('%Y-%m-%dT%H:%M:%fZ', c.created_at_ms / 1000.0, 'unixepoch')                 AS created_at,
       strftime('%Y-%m-%dT%H:%M:%fZ', nullif(t.last_write_at_ms, 0) / 1000.0, 'unixepoch')   AS last_write_at,
       c.key_format                                                                          AS key_format,
       c.value_format                                                                        AS value_format,
       c.view_name                                                                           AS view_name
FROM cache AS c LEFT JOIN tally AS t ON t.cache_id = c.id
ORDER BY c.id;


-- Who computes what at the moment. A lease is often there before its entry; row_id is that of the key's hash.
CREATE TABLE lease (
  cache_id      INTEGER NOT NULL,
  row_id        INTEGER NOT NULL,
  token         INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  PRIMARY KEY (cache_id, row_id)
) WITHOUT ROWID;
