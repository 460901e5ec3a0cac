package io.holdfast.store;

import io.holdfast.store.CacheFile.IfPresent;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Makes a file of carried rows: with their row ids, versions and times, so also of keys that only their
 * class can compare, and of encrypted values. Nothing is at the target before {@link #complete}. Not for
 * several threads at once.
 */
public final class FileImport implements AutoCloseable {
  private static final String SET_SEED = """
      UPDATE store SET row_id_seed_0 = ?, row_id_seed_1 = ? WHERE id = 1
      """;
  private static final String SET_CREATED = """
      UPDATE cache SET created_at_ms = ? WHERE name = ? RETURNING id
      """;
  private static final String ADD_STATE = """
      INSERT INTO state (cache_name, holder, "key", value) VALUES (?, ?, ?, ?)
      """;
  private static final String ADD_ROW = """
      INSERT INTO entry_%1$s (row_id, "key", value, payload_bytes, version, created_at_ms, expires_at_ms)
      VALUES (?, ?, ?, ?, ?, ?, nullif(?, 9223372036854775807))
      """;
  private static final String ADD_ACCESS = """
      INSERT INTO access_%1$s (row_id, last_access_at_ms, hits) VALUES (?, ?, ?)
      """;
  private static final String COUNT = """
      UPDATE tally SET (entries, payload_bytes, version_limit, last_write_at_ms) =
        (SELECT count(*), coalesce(sum(payload_bytes), 0), coalesce(max(version), 0), coalesce(max(created_at_ms), 0)
         FROM entry_%1$s)
      WHERE cache_id = %1$s
      """;

  private final NewFile file;
  private final Map<String, Long> ids = new HashMap<>();
  private @Nullable SQLiteConnection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private FileImport(NewFile file) {
    this.file = file;
  }

  /**
   * Begins a file with this seed.
   *
   * @throws StoreException if the target is there and not to be replaced, or is in use
   */
  public static FileImport into(Path target, IfPresent ifPresent, RowIdSeed seed) {
    var started = new FileImport(NewFile.create(target, ifPresent));
    try {
      CacheFile.open(StoreSettings.of(started.part()), System::currentTimeMillis)
          .close();
      started.connect();
      started.update(SET_SEED, seed.part0(), seed.part1());
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private Path part() {
    return file.part();
  }

  private void connect() {
    try {
      SQLiteConnection opened = Pragmas.openWriter(part(), Durability.NORMAL);
      connection = opened;
      // The log would grow as large as the file; whole is all that this file has to become.
      Pragmas.readLong(opened, "PRAGMA wal_autocheckpoint = 1000");
    } catch (SQLException e) {
      throw new StoreException("open for an import", part(), e);
    }
  }

  /** Makes a cache for rows to come; each name once. */
  public void addCache(CacheDefinition definition, long createdAtMillis) {
    closeConnection();
    try (CacheFile opened = CacheFile.open(StoreSettings.of(part()), System::currentTimeMillis)) {
      opened.openTable(definition);
    }
    connect();
    attempt(() -> {
      PreparedStatement update = statement(SET_CREATED);
      update.setLong(1, createdAtMillis);
      update.setString(2, definition.name());
      try (var row = update.executeQuery()) {
        row.next();
        ids.put(definition.name(), row.getLong(1));
      }
    });
  }

  /** Adds durable state of a serialiser. */
  public void addState(FileExport.State state) {
    update(ADD_STATE, state.cacheName(), state.holder(), state.key(), state.value());
  }

  /**
   * Adds rows to a cache, in one transaction.
   *
   * @throws StoreException if there is no such cache, or a row or its version is there already
   */
  public void add(String cacheName, Iterable<CarriedRow> rows) {
    Long id = ids.get(cacheName);
    if (id == null) {
      throw new StoreException(
          "The import names no cache " + cacheName + " at its beginning", part());
    }
    attempt(() -> {
      Pragmas.run(open(), "BEGIN IMMEDIATE");
      try {
        for (CarriedRow row : rows) {
          add(id, row);
        }
        Pragmas.run(open(), "COMMIT");
      } catch (SQLException | RuntimeException e) {
        Pragmas.run(open(), "ROLLBACK");
        throw e;
      }
    });
  }

  private void add(long id, CarriedRow row) throws SQLException {
    PreparedStatement insert = statement(ADD_ROW.formatted(id));
    insert.setLong(1, row.rowId());
    Columns.bind(insert, 2, row.key());
    Columns.bind(insert, 3, row.value());
    insert.setLong(4, Columns.payloadBytes(row.key()) + Columns.payloadBytes(row.value()));
    insert.setLong(5, row.version());
    insert.setLong(6, row.createdAtMillis());
    insert.setLong(7, row.expiresAtMillis());
    insert.executeUpdate();
    if (row.lastAccessAtMillis() > 0) {
      PreparedStatement access = statement(ADD_ACCESS.formatted(id));
      access.setLong(1, row.rowId());
      access.setLong(2, row.lastAccessAtMillis());
      access.setLong(3, row.hits());
      access.executeUpdate();
    }
  }

  /** Puts the file in its place, checked and on the disk. */
  public void complete() {
    attempt(() -> {
      for (long id : ids.values()) {
        Pragmas.run(open(), COUNT.formatted(id));
      }
    });
    closeConnection();
    try (CacheFile made = CacheFile.openExisting(part())) {
      if (!made.check().isEmpty()) {
        throw new StoreException("The imported rows do not make a sound file", part());
      }
    }
    file.publish();
  }

  private interface Step {
    void run() throws SQLException;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (SQLException e) {
      throw new StoreException("import rows", part(), e);
    }
  }

  private void update(String sql, Object... values) {
    attempt(() -> {
      PreparedStatement update = statement(sql);
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      update.executeUpdate();
    });
  }

  private SQLiteConnection open() {
    return Objects.requireNonNull(connection, "closed");
  }

  private PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = open().prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }

  private void closeConnection() {
    SQLiteConnection closing = connection;
    connection = null;
    statements.clear();
    if (closing != null) {
      attempt(closing::close);
    }
  }

  /** Forgets everything unless {@link #complete} was called. */
  @Override
  public void close() {
    try {
      closeConnection();
    } finally {
      file.close();
    }
  }
}
