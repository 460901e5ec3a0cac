package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.DriftStatistics;
import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.SchemaWatch;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A real database under watch without polling: whatever arrives was heard. Holds the drifts so far and
 * closes what was opened through it.
 */
final class DriftWitness implements AutoCloseable {

  private final String target;
  private final Properties properties;
  private final List<Connection> opened = new ArrayList<>();
  private final List<SchemaDrift> drifts = new CopyOnWriteArrayList<>();
  private WatchedDatabase database;

  /**
   * Runs the preparing statements, then begins to listen.
   *
   * @param target the URL without {@code jdbc:}
   */
  DriftWitness(String target, Properties properties, String... preparation) throws Exception {
    this.target = target;
    this.properties = properties;
    try (Connection raw = raw()) {
      for (String sql : preparation) {
        run(raw, sql);
      }
    }
    listenTo(connect());
  }

  /** Listens to the watch of another way to the same database; URL options make it another watch. */
  void listenTo(HoldfastConnection connection) throws Exception {
    database = connection.database().orElseThrow();
    assertThat(database.awaitReady(30_000)).isTrue();
    assertThat(database.refresh()).isTrue();
    drifts.clear();
    database.addListener(drifts::add);
  }

  String url() {
    return "jdbc:holdfast(poll=0):" + target;
  }

  HoldfastConnection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url(), properties);
    opened.add(connection);
    return (HoldfastConnection) connection;
  }

  /** A connection past the wrapper, as another process would have. */
  Connection raw() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:" + target, properties);
    opened.add(connection);
    return connection;
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  WatchedDatabase database() {
    return database;
  }

  DriftStatistics statistics() {
    return database.statistics();
  }

  /** The drifted tables so far with their schemas, in lower case and in order. */
  List<String> drifted() {
    return drifts.stream().map(drift -> text(drift.table())).toList();
  }

  List<SchemaDrift> drifts() {
    return List.copyOf(drifts);
  }

  /** Whether everybody but an uncommitted connection may use answers about the table. */
  boolean serves(String table) {
    return database.structures().keySet().stream().anyMatch(name -> text(name).equals(table));
  }

  /** Whether this connection may use answers about the table. */
  boolean serves(HoldfastConnection connection, String table) {
    return database.structures().keySet().stream()
        .filter(name -> text(name).equals(table))
        .anyMatch(name -> connection.schemaKey(name, "").isPresent());
  }

  private static String text(TableName table) {
    return (table.schema() + "." + table.name()).toLowerCase(Locale.ROOT);
  }

  /** What we know is what the catalog says, and all of our own doing: nothing escaped, no doubt is left. */
  void assertNothingEscaped() {
    assertThat(statistics().inDoubt()).as("tables in doubt").isZero();
    List<SchemaDrift> heard = drifts();
    assertThat(database.refresh()).isTrue();
    assertThat(drifts()).as("drifts that a full reading adds").isEqualTo(heard);
    assertThat(heard)
        .allSatisfy(
            drift -> assertThat(drift.origin()).isEqualTo(SchemaDrift.Origin.OWN_CONNECTION));
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : opened) {
      connection.close();
    }
    SchemaWatch.shutdown();
  }
}
