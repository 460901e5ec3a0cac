package io.holdfast.store;

import java.util.List;

/**
 * Every statement that touches the rows of one cache. The only thing that varies is the number in the
 * table names.
 */
record EntrySql(long cacheId) {
  // Value last: what comes before it is read without following the pages of a large value.
  private static final String CREATE_ENTRY = """
      CREATE TABLE entry_%1$s (
        row_id        INTEGER PRIMARY KEY,
        payload_bytes INTEGER NOT NULL,
        version       INTEGER NOT NULL,
        created_at_ms INTEGER NOT NULL,
        expires_at_ms INTEGER,
        "key"         NOT NULL,
        value         NOT NULL
      )
      """;

  // Partial: entries that do not expire cost nothing.
  private static final String CREATE_EXPIRY_INDEX = """
      CREATE INDEX entry_%1$s_expiry ON entry_%1$s (expires_at_ms) WHERE expires_at_ms IS NOT NULL
      """;

  // Apart from the entries: noting an access must not rewrite the page that holds a value.
  private static final String CREATE_ACCESS = """
      CREATE TABLE access_%1$s (
        row_id            INTEGER PRIMARY KEY,
        last_access_at_ms INTEGER NOT NULL,
        hits              INTEGER NOT NULL
      )
      """;

  // Only functions that shells of the last ten years know.
  private static final String CREATE_VIEW = """
      CREATE VIEW %2$s AS
      SELECT %3$s AS "key",
             %4$s AS value,
             round((julianday('now') - 2440587.5) * 86400.0 - e.created_at_ms / 1000.0, 3) AS age_s,
             strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', e.created_at_ms / 1000.0, 'unixepoch') AS created_at,
             strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', e.expires_at_ms / 1000.0, 'unixepoch') AS expires_at,
             strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', a.last_access_at_ms / 1000.0, 'unixepoch') AS last_access_at,
             coalesce(a.hits, 0) AS hits,
             e.payload_bytes AS bytes,
             e.version AS version
      FROM entry_%1$s AS e LEFT JOIN access_%1$s AS a ON a.row_id = e.row_id
      """;

  private static final String SELECT_ENTRY = """
      SELECT e.row_id, e."key", e.version, e.created_at_ms, coalesce(e.expires_at_ms, 9223372036854775807),
             a.last_access_at_ms, e.value
      FROM entry_%1$s AS e LEFT JOIN access_%1$s AS a ON a.row_id = e.row_id
      """;

  private static final String FIND = SELECT_ENTRY + """
          WHERE e.row_id BETWEEN ? AND ? ORDER BY e.row_id
          """;

  // The accesses are a second tree to search, which costs an eighth of a look-up.
  private static final String FIND_WITHOUT_ACCESS = """
      SELECT row_id, "key", version, created_at_ms, coalesce(expires_at_ms, 9223372036854775807), 0, value
      FROM entry_%1$s WHERE row_id BETWEEN ? AND ? ORDER BY row_id
      """;

  private static final String PAGE = SELECT_ENTRY + """
          WHERE e.row_id > ? ORDER BY e.row_id LIMIT ?
          """;

  // The counters first: where nothing was written since, not a row is looked at.
  private static final String CREATED = """
      SELECT e.row_id, e."key", e.version, e.created_at_ms, coalesce(e.expires_at_ms, 9223372036854775807), 0, e.value
      FROM tally AS t CROSS JOIN entry_%1$s AS e
      WHERE t.cache_id = %1$s AND t.last_write_at_ms >= ?1 AND e.created_at_ms >= ?1 AND e.row_id > ?2
      ORDER BY e.row_id LIMIT ?3
      """;

  private static final String EXPIRED = SELECT_ENTRY + """
          WHERE e.expires_at_ms <= ? AND (e.expires_at_ms, e.row_id) > (?, ?)
          ORDER BY e.expires_at_ms, e.row_id LIMIT ?
          """;

  private static final String NEXT_EXPIRY = """
      SELECT expires_at_ms FROM entry_%1$s WHERE expires_at_ms > ? ORDER BY expires_at_ms LIMIT 1
      """;

  private static final String PROBE = """
      SELECT row_id, "key", version, created_at_ms, coalesce(expires_at_ms, 9223372036854775807), payload_bytes
      FROM entry_%1$s WHERE row_id BETWEEN ? AND ? ORDER BY row_id
      """;

  private static final String KEYS = """
      SELECT "key" FROM entry_%1$s WHERE row_id BETWEEN ? AND ? ORDER BY row_id
      """;

  private static final String INSERT = """
      INSERT INTO entry_%1$s (payload_bytes, version, created_at_ms, expires_at_ms, value, row_id, "key")
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String UPDATE = """
      UPDATE entry_%1$s SET payload_bytes = ?, version = ?, created_at_ms = ?, expires_at_ms = ?, value = ?
      WHERE row_id = ?
      """;

  private static final String TOUCH = """
      UPDATE entry_%1$s SET expires_at_ms = ? WHERE row_id = ?
      """;

  private static final String RECAST = """
      UPDATE entry_%1$s SET payload_bytes = ?, value = ? WHERE row_id = ?
      """;

  private static final String RENAME = """
      UPDATE entry_%1$s SET "key" = ? WHERE row_id = ?
      """;

  private static final String DELETE = """
      DELETE FROM entry_%1$s WHERE row_id = ?
      """;

  private static final String DELETE_ACCESS = """
      DELETE FROM access_%1$s WHERE row_id = ?
      """;

  // No index on the access time: row ids are a hash, so neighbours are a random sample.
  private static final String SAMPLE = """
      SELECT e.row_id, coalesce(a.last_access_at_ms, e.created_at_ms), coalesce(a.hits, 0), e.payload_bytes
      FROM entry_%1$s AS e LEFT JOIN access_%1$s AS a ON a.row_id = e.row_id
      WHERE e.row_id >= ? ORDER BY e.row_id LIMIT ?
      """;

  // Lengths are in the header of a row: its content is not read.
  private static final String OVERSIZED = """
      SELECT row_id, payload_bytes FROM entry_%1$s WHERE octet_length("key") + octet_length(value) > ?
      """;

  private static final String NOTE_ACCESS = """
      UPDATE access_%1$s SET last_access_at_ms = max(last_access_at_ms, ?), hits = hits + ? WHERE row_id = ?
      """;

  // Only for rows that still exist, so that no access outlives its row.
  private static final String NOTE_FIRST_ACCESS = """
      INSERT INTO access_%1$s (last_access_at_ms, hits, row_id)
      SELECT ?, ?, row_id FROM entry_%1$s WHERE row_id = ?
      """;

  // SQLite drops all pages at once where a DELETE has no WHERE. https://sqlite.org/lang_delete.html
  private static final String CLEAR = """
      DELETE FROM entry_%1$s
      """;

  private static final String CLEAR_ACCESS = """
      DELETE FROM access_%1$s
      """;

  // A serialised object opens with AC ED 00 05, two tags, the length of its class name in two
  // bytes and that name. What tells it from others of its class comes last.
  // https://docs.oracle.com/en/java/javase/17/docs/specs/serialization/protocol.html
  private static final String READABLE = """
      CASE WHEN typeof(%1$s) <> 'blob' THEN %1$s
             WHEN substr(%1$s, 1, 4) = x'ACED0005' AND substr(%1$s, 5, 2) IN (x'7372', x'7572', x'7E72') THEN %2$s
             WHEN substr(%1$s, 1, 5) IN (x'4AACED0005', x'53ACED0005') AND substr(%1$s, 6, 2) IN (x'7372', x'7572', x'7E72') THEN %3$s
             ELSE 'x''' || hex(substr(%1$s, 1, 64)) || '''' END""";
  private static final String CLASS_AND_TAIL = """
      'java ' || CAST(substr(%1$s, %3$s, (instr('123456789ABCDEF', substr(hex(substr(%1$s, %2$s, 1)), 2, 1)) * 256
               + instr('123456789ABCDEF', substr(hex(substr(%1$s, %2$s + 1, 1)), 1, 1)) * 16
               + instr('123456789ABCDEF', substr(hex(substr(%1$s, %2$s + 1, 1)), 2, 1)))) AS TEXT)
               || ' …x''' || hex(substr(%1$s, -32)) || ''''""";

  List<String> create(String quotedViewName) {
    return List.of(
        text(CREATE_ENTRY),
        text(CREATE_EXPIRY_INDEX),
        text(CREATE_ACCESS),
        createView(quotedViewName));
  }

  List<String> replaceView(String quotedViewName) {
    return List.of("DROP VIEW IF EXISTS " + quotedViewName, createView(quotedViewName));
  }

  private String createView(String quotedViewName) {
    return CREATE_VIEW.formatted(
        cacheId, quotedViewName, readable("e.\"key\""), readable("e.value"));
  }

  private static String readable(String column) {
    return READABLE.formatted(column, classAndTail(column, 7), classAndTail(column, 8));
  }

  private static String classAndTail(String column, int lengthAt) {
    return CLASS_AND_TAIL.formatted(column, lengthAt, lengthAt + 2);
  }

  List<String> drop(String quotedViewName) {
    return List.of(
        "DROP VIEW IF EXISTS " + quotedViewName,
        text("DROP TABLE IF EXISTS access_%1$s"),
        text("DROP TABLE IF EXISTS entry_%1$s"));
  }

  String find() {
    return text(FIND);
  }

  /** As {@link #find}, with 0 for the last access. */
  String findWithoutAccess() {
    return text(FIND_WITHOUT_ACCESS);
  }

  String page() {
    return text(PAGE);
  }

  String created() {
    return text(CREATED);
  }

  String expired() {
    return text(EXPIRED);
  }

  String nextExpiry() {
    return text(NEXT_EXPIRY);
  }

  String probe() {
    return text(PROBE);
  }

  String keys() {
    return text(KEYS);
  }

  String insert() {
    return text(INSERT);
  }

  String update() {
    return text(UPDATE);
  }

  String touch() {
    return text(TOUCH);
  }

  String recast() {
    return text(RECAST);
  }

  String rename() {
    return text(RENAME);
  }

  String delete() {
    return text(DELETE);
  }

  String deleteAccess() {
    return text(DELETE_ACCESS);
  }

  String sample() {
    return text(SAMPLE);
  }

  String oversized() {
    return text(OVERSIZED);
  }

  String noteAccess() {
    return text(NOTE_ACCESS);
  }

  String noteFirstAccess() {
    return text(NOTE_FIRST_ACCESS);
  }

  String clear() {
    return text(CLEAR);
  }

  String clearAccess() {
    return text(CLEAR_ACCESS);
  }

  private String text(String template) {
    return template.formatted(cacheId);
  }
}
