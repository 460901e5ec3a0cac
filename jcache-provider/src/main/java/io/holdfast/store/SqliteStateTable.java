package io.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The {@code state} table: every statement that touches it, for one cache. */
final class SqliteStateTable implements StateTable {
  private static final String GET = """
      SELECT value FROM state WHERE cache_name = ? AND holder = ? AND "key" = ?
      """;
  private static final String ENTRIES = """
      SELECT "key", value FROM state WHERE cache_name = ? AND holder = ? ORDER BY "key"
      """;
  private static final String INSERT = """
      INSERT INTO state (cache_name, holder, "key", value) VALUES (?, ?, ?, ?)
      ON CONFLICT (cache_name, holder, "key") DO NOTHING
      """;
  private static final String DELETE = """
      DELETE FROM state WHERE cache_name = ? AND holder = ? AND "key" = ? AND value = ?
      """;
  static final String DELETE_ALL = """
      DELETE FROM state WHERE cache_name = ?
      """;

  private final Writer writer;
  private final Readers readers;
  private final String cacheName;

  SqliteStateTable(Writer writer, Readers readers, String cacheName) {
    this.writer = writer;
    this.readers = readers;
    this.cacheName = cacheName;
  }

  @Override
  public byte @Nullable [] get(String holder, byte[] key) {
    return readers
        .read(
            "read state",
            session -> Optional.ofNullable(select(session.statement(GET), holder, key)))
        .orElse(null);
  }

  private byte @Nullable [] select(PreparedStatement statement, String holder, byte[] key)
      throws SQLException {
    bind(statement, holder, key);
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getBytes(1) : null;
    }
  }

  private void bind(PreparedStatement statement, String holder, byte[] key) throws SQLException {
    statement.setString(1, cacheName);
    statement.setString(2, holder);
    statement.setBytes(3, key);
  }

  @Override
  public byte @Nullable [] putIfAbsent(String holder, byte[] key, byte[] value) {
    byte[] known = get(holder, key);
    if (known != null) {
      return known;
    }
    Optional<byte[]> before = writer.transact("write state", () -> {
      try (PreparedStatement select = writer.connection().prepareStatement(GET);
          PreparedStatement insert = writer.connection().prepareStatement(INSERT)) {
        byte[] present = select(select, holder, key);
        if (present == null) {
          bind(insert, holder, key);
          insert.setBytes(4, value);
          insert.executeUpdate();
        }
        return Optional.ofNullable(present);
      }
    });
    return before == null ? null : before.orElse(null);
  }

  @Override
  public boolean remove(String holder, byte[] key, byte[] value) {
    Integer removed = writer.transact("remove state", () -> {
      try (PreparedStatement delete = writer.connection().prepareStatement(DELETE)) {
        bind(delete, holder, key);
        delete.setBytes(4, value);
        return delete.executeUpdate();
      }
    });
    return removed != null && removed > 0;
  }

  @Override
  public Map<byte[], byte[]> entries(String holder) {
    return readers.read("read state", session -> {
      PreparedStatement statement = session.statement(ENTRIES);
      statement.setString(1, cacheName);
      statement.setString(2, holder);
      SortedMap<byte[], byte[]> found = new TreeMap<>(Arrays::compareUnsigned);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.put(row.getBytes(1), row.getBytes(2));
        }
      }
      return Collections.unmodifiableSortedMap(found);
    });
  }
}
