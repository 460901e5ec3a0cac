package io.holdfast.store;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.sqlite.SQLiteConnection;

/**
 * Reads a file row by row, all of it as it was at one moment, while others use it; the log grows until
 * this is closed. Needs no codec. Not for several threads at once.
 */
public final class FileExport implements AutoCloseable {
  private static final String SEED = """
      SELECT row_id_seed_0, row_id_seed_1 FROM store WHERE id = 1
      """;
  private static final String CACHES = """
      SELECT id, name, key_format, value_format, coalesce(max_entries, 9223372036854775807),
             coalesce(max_bytes, 9223372036854775807), created_at_ms
      FROM cache ORDER BY id
      """;
  private static final String STATE = """
      SELECT cache_name, holder, "key", value FROM state ORDER BY cache_name, holder, "key"
      """;
  private static final String ROWS = """
      SELECT e.row_id, e."key", e.value, e.version, e.created_at_ms, coalesce(e.expires_at_ms, 9223372036854775807),
             coalesce(a.last_access_at_ms, 0), coalesce(a.hits, 0)
      FROM entry_%1$s AS e LEFT JOIN access_%1$s AS a ON a.row_id = e.row_id ORDER BY e.row_id
      """;

  private final Path file;
  private final SQLiteConnection connection;

  private FileExport(Path file, SQLiteConnection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * A cache and its number in this file.
   *
   * @param createdAtMillis Unix milliseconds
   */
  public record Source(long id, CacheDefinition definition, long createdAtMillis) {}

  /** A row of the durable state of a serialiser. */
  @SuppressWarnings("ArrayRecordComponent") // carried from one place to another, never compared
  public record State(String cacheName, String holder, byte[] key, byte[] value) {}

  static FileExport open(ConnectionSource source) {
    Path file = source.file();
    try {
      SQLiteConnection connection = source.openReader();
      Pragmas.run(connection, "BEGIN");
      return new FileExport(file, connection);
    } catch (SQLException e) {
      throw new StoreException("read for an export", file, e);
    }
  }

  /** The seed of its row ids. */
  public RowIdSeed seed() {
    List<RowIdSeed> seeds = new ArrayList<>();
    read(SEED, row -> seeds.add(new RowIdSeed(row.getLong(1), row.getLong(2))));
    if (seeds.isEmpty()) {
      throw new StoreException(file + " is damaged: the seed of its row ids is missing", file);
    }
    return seeds.get(0);
  }

  /** The caches, oldest first. */
  public List<Source> caches() {
    List<Source> caches = new ArrayList<>();
    read(CACHES, row -> {
      var definition = new CacheDefinition(
          row.getString(2), row.getString(3), row.getString(4), row.getLong(5), row.getLong(6));
      caches.add(new Source(row.getLong(1), definition, row.getLong(7)));
    });
    return caches;
  }

  /** All durable state; small. */
  public List<State> state() {
    List<State> states = new ArrayList<>();
    read(
        STATE,
        row -> states.add(
            new State(row.getString(1), row.getString(2), row.getBytes(3), row.getBytes(4))));
    return states;
  }

  /** Hands over each row of the cache, expired ones too, one at a time. */
  public void rows(Source cache, Consumer<CarriedRow> consumer) {
    read(
        ROWS.formatted(cache.id()),
        row -> consumer.accept(new CarriedRow(
            row.getLong(1),
            Columns.read(row, 2),
            Columns.read(row, 3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7),
            row.getLong(8))));
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void read(String sql, RowReader reader) {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        reader.read(row);
      }
    } catch (SQLException e) {
      throw EntryLimit.isExceededIn(e)
          ? new StoreException(
              "Could not export " + file + ": it holds an entry larger than holdfast.entry.bytes",
              file)
          : new StoreException("read for an export", file, e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException("close after an export", file, e);
    }
  }
}
