package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The file refuses every change of a row, by triggers that another connection made. Each operation must
 * say so by a CacheException, none may pretend, and afterwards nothing stale is served.
 */
final class FileFailureTest {
  @TempDir
  Path directory;

  private ManagerFixture fixture;
  private Cache<String, String> cache;

  @BeforeEach
  void open() {
    fixture = new ManagerFixture(directory);
    cache = fixture.words();
    cache.putAll(Map.of("a", "1", "b", "1"));
    cache.get("a");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("put", c -> c.put("a", "2")),
        change("put, absent", c -> c.put("c", "2")),
        change("putAll", c -> c.putAll(Map.of("a", "2", "c", "2"))),
        change("getAndPut", c -> c.getAndPut("a", "2")),
        change("putIfAbsent", c -> c.putIfAbsent("c", "2")),
        change("replace", c -> c.replace("a", "2")),
        change("replace by value", c -> c.replace("a", "1", "2")),
        change("getAndReplace", c -> c.getAndReplace("a", "2")),
        change("remove", c -> c.remove("a")),
        change("remove by value", c -> c.remove("a", "1")),
        change("getAndRemove", c -> c.getAndRemove("a")),
        change("removeAll of keys", c -> c.removeAll(Set.of("a"))),
        change("removeAll", Cache::removeAll),
        change("clear", Cache::clear),
        change(
            "invoke",
            c -> c.invoke("a", (entry, arguments) -> {
              entry.setValue("2");
              return null;
            })),
        change(
            "invokeAll",
            c -> c.invokeAll(Set.of("a"), (entry, arguments) -> {
                  entry.setValue("2");
                  return "done";
                })
                .get("a")
                .get()));
  }

  private static Arguments change(String name, Consumer<Cache<String, String>> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void change_refusedByTheFile_isACacheExceptionAndChangesNothing(
      String name, Consumer<Cache<String, String>> change) throws SQLException {
    refuseChanges();
    assertThatThrownBy(() -> change.accept(cache))
        .as(name)
        .isInstanceOf(CacheException.class)
        .isNotInstanceOf(EntryProcessorException.class)
        .hasMessageContaining("words")
        .hasMessageContaining("disk is full, says the test");
    assertThat(cache.getAll(Set.of("a", "b", "c"))).as(name).isEqualTo(Map.of("a", "1", "b", "1"));

    allowChanges();
    change.accept(cache);
    assertThat(cache.get("a")).as(name + ", afterwards").isIn(null, "1", "2");
    cache.put("a", "3");
    assertThat(cache.get("a")).isEqualTo("3");
    fixture.reopen();
    assertThat(fixture.words().get("a")).isEqualTo("3");
  }

  @Test
  void failure_isCounted() throws SQLException {
    refuseChanges();
    assertThatThrownBy(() -> cache.put("a", "2")).isInstanceOf(CacheException.class);
    assertThat(((HoldfastCache<String, String>) cache).parts().backing().failureCount())
        .isEqualTo(1);
  }

  private void refuseChanges() throws SQLException {
    execute((connection, table) -> {
      for (String event : new String[] {"INSERT", "UPDATE", "DELETE"}) {
        connection.execute("CREATE TRIGGER \"refuse_" + event + "\" BEFORE " + event + " ON \""
            + table + "\" BEGIN SELECT RAISE(ABORT, 'disk is full, says the test'); END");
      }
    });
  }

  private void allowChanges() throws SQLException {
    execute((connection, table) -> {
      for (String event : new String[] {"INSERT", "UPDATE", "DELETE"}) {
        connection.execute("DROP TRIGGER \"refuse_" + event + "\"");
      }
    });
  }

  private interface Work {
    void with(Statement statement, String table) throws SQLException;
  }

  private void execute(Work work) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
        Statement statement = connection.createStatement()) {
      String table;
      // The table of rows is the one with a value column.
      try (var tables = statement.executeQuery(
          "SELECT name FROM sqlite_master WHERE type = 'table'"
              + " AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_master.name) WHERE name = 'value')"
              + " AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_master.name) WHERE name = 'key')"
              + " AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_master.name) WHERE name = 'version')")) {
        assertThat(tables.next()).as("a table of rows").isTrue();
        table = tables.getString(1);
      }
      work.with(statement, table);
    }
  }
}
