package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.store.FormatFile.Content;
import io.holdfast.store.FormatFile.Planned;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of every format so far, made by the code of that time, is a file of the current one once opened. */
final class FormatMigrationTest {
  @TempDir
  Path directory;

  private static CacheFile open(Path file) {
    return CacheFile.open(StoreSettings.of(file), () -> FormatFile.MADE_AT_MILLIS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void open_storedFormat_keepsEveryEntryWithItsTimesHitsAndVersion(int format) throws Exception {
    Path path = StoredFormats.unpack(format, directory);
    assertThat(StoredFormats.format(path)).isEqualTo(format);

    try (CacheFile file = open(path)) {
      assertThat(file.check()).isEmpty();
      assertThat(file.caches())
          .extracting(CacheFile.CacheSummary::name)
          .containsExactlyElementsOf(
              FormatFile.contents().stream().map(Content::name).toList());
      for (Content<?, ?> content : FormatFile.contents()) {
        assertHolds(file, content);
      }
      for (String cache : FormatFile.STATE_OF) {
        assertThat(file.state(cache).get("classes", FormatFile.STATE_KEY))
            .containsExactly(FormatFile.STATE_VALUE);
      }
    }
  }

  private static <K, V> void assertHolds(CacheFile file, Content<K, V> content)
      throws SQLException {
    EntryTable table = file.openTable(content.definition());
    assertThat(table.wasReset()).as(content.name()).isFalse();
    assertThat(table.entryCount()).isEqualTo(content.entries().size());
    int n = 0;
    for (Map.Entry<K, V> entry : content.entries().entrySet()) {
      String which = content.name() + ": " + entry.getKey();
      Planned planned = content.planned(n++);
      StoredEntry stored = table.find(content.storedKey(entry.getKey()));
      assertThat(stored).as(which).isNotNull();
      assertThat(content.keyCodec().decode(stored.key())).as(which).isEqualTo(entry.getKey());
      assertThat(content.valueCodec().decode(stored.value())).as(which).isEqualTo(entry.getValue());
      assertThat(stored.version()).as(which).isEqualTo(planned.version());
      assertThat(stored.createdAtMillis()).as(which).isEqualTo(planned.createdAtMillis());
      assertThat(stored.expiresAtMillis()).as(which).isEqualTo(planned.expiresAtMillis());
      assertThat(table.page(stored.rowId() - 1, 1).get(0).lastAccessAtMillis())
          .as(which)
          .isEqualTo(planned.lastAccessAtMillis());
      assertThat(hits(file.path(), content.name(), stored.version()))
          .as(which)
          .isEqualTo(planned.hits());
    }
    assertThat(table.nextVersion()).as("a version not given before").isGreaterThan(n);
  }

  private static long hits(Path file, String cache, long version) throws SQLException {
    try (Connection connection = StoredFormats.connect(file)) {
      String id = StoredFormats.rows(
              connection, "SELECT id FROM cache WHERE name = '" + cache.replace("'", "''") + "'")
          .get(0);
      return Pragmas.readLong(
          connection,
          "SELECT a.hits FROM access_" + id + " AS a JOIN entry_" + id
              + " AS e ON e.row_id = a.row_id WHERE e.version = " + version);
    }
  }

  /** What somebody at a shell reads. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void views_storedFormat_showEveryCacheAndEntry(int format) throws Exception {
    Path path = StoredFormats.unpack(format, directory);
    open(path).close();
    try (Connection connection = StoredFormats.connect(path)) {
      List<String> caches =
          StoredFormats.rows(connection, "SELECT name, entries FROM holdfast_caches");
      assertThat(caches)
          .containsExactlyElementsOf(FormatFile.contents().stream()
              .map(content -> content.name() + "|" + content.entries().size())
              .toList());
      List<String> views = StoredFormats.rows(connection, "SELECT view_name FROM holdfast_caches");
      for (int i = 0; i < views.size(); i++) {
        assertThat(StoredFormats.rows(
                connection, "SELECT * FROM \"" + views.get(i).replace("\"", "\"\"") + "\""))
            .as(views.get(i))
            .hasSize(FormatFile.contents().get(i).entries().size());
      }
    }
  }

  @Test
  void leases_storedFormat2_areHeldUntilTheirTimeIsOver() throws Exception {
    var nowMillis = new AtomicLong(FormatFile.MADE_AT_MILLIS);
    Path path = StoredFormats.unpack(2, directory);
    try (CacheFile file = CacheFile.open(StoreSettings.of(path), nowMillis::get)) {
      LeaseTable leases = FormatFile.leases(file);
      assertThat(leases.tryAcquire(FormatFile.leasedKey(), 1)).isEmpty();
      nowMillis.addAndGet(FormatFile.LEASE_MILLIS);
      assertThat(leases.tryAcquire(FormatFile.leasedKey(), 1)).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void open_storedFormat_leavesTheSchemaOfAFreshFile(int format) throws Exception {
    Path migrated = StoredFormats.unpack(format, directory);
    open(migrated).close();
    Path fresh = directory.resolve("fresh.db");
    FormatFile.make(fresh);

    assertThat(StoredFormats.schema(migrated)).isEqualTo(StoredFormats.schema(fresh));
    assertThat(StoredFormats.format(migrated)).isEqualTo(Migrations.CURRENT_FORMAT);
  }

  @ParameterizedTest
  @ValueSource(ints = 1)
  void openExisting_storedFormat_doesNotMigrateAndSaysHow(int format) throws Exception {
    Path file = StoredFormats.unpack(format, directory);

    assertThatThrownBy(() -> CacheFile.openExisting(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("has cache format " + format)
        .hasMessageContaining("format " + Migrations.CURRENT_FORMAT)
        .hasMessageContaining("migrate");
    assertThat(StoredFormats.format(file)).isEqualTo(format);
  }

  @Test
  void open_newerFormat_namesFileBothFormatsAndWhoWroteIt() throws Exception {
    Path file = StoreFixture.fileIn(directory);
    open(file).close();
    int newer = Migrations.CURRENT_FORMAT + 1;
    try (Connection connection = StoredFormats.connect(file)) {
      Pragmas.run(connection, "PRAGMA user_version = " + newer);
    }
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("format " + newer)
        .hasMessageContaining("up to " + Migrations.CURRENT_FORMAT)
        .hasMessageContaining("newer Holdfast");
    assertThat(file).hasBinaryContent(before);
  }

  /** Each statement of the migration fails once; the file is then as it was, and opens afterwards. */
  @Test
  void migrate_anyStatementFails_leavesTheOldFormat() throws Exception {
    Path file = StoredFormats.unpack(1, directory);
    List<String> old = StoredFormats.schema(file);
    int statements = 0;
    while (failsAt(file, statements)) {
      assertThat(StoredFormats.schema(file)).as("statement " + statements).isEqualTo(old);
      statements++;
    }
    assertThat(statements).as("statements of the migration").isGreaterThan(10);
    try (CacheFile opened = open(file)) {
      assertThat(opened.check()).isEmpty();
    }
  }

  private static boolean failsAt(Path file, int statement) throws SQLException {
    try (Connection connection = StoredFormats.connect(file)) {
      var left = new AtomicInteger(statement);
      Migrations.migrate(
          interrupted(connection, sql -> {
            if (!sql.equals("ROLLBACK")
                && !sql.contains("journal_mode")
                && left.getAndDecrement() == 0) {
              throw new SQLException("fails here");
            }
          }),
          file,
          0,
          Migrations.IfOlder.MIGRATE);
      return false;
    } catch (SQLException e) {
      assertThat(e.getMessage()).isEqualTo("fails here");
      return true;
    }
  }

  /** Hears of each statement before it is run. */
  interface StatementWatch {
    void before(String sql) throws SQLException;
  }

  /** A connection that tells the watch what its plain statements run. */
  static Connection interrupted(Connection connection, StatementWatch watch) {
    return proxy(Connection.class, connection, watch);
  }

  private static <T> T proxy(Class<T> type, T target, StatementWatch watch) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          if (method.getName().startsWith("execute") && arguments != null) {
            watch.before((String) arguments[0]);
          }
          try {
            Object result = method.invoke(target, arguments);
            return method.getName().equals("createStatement")
                ? proxy(java.sql.Statement.class, (java.sql.Statement) result, watch)
                : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }));
  }
}
