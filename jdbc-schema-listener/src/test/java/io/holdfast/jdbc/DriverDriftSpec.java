package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.SchemaWatch;
import io.holdfast.schema.StructureChange;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The whole way on a real database: a statement through the driver, and exactly the right drift at the
 * listener. Polling is off, so whatever arrives was heard; it arrives before the call returns.
 */
abstract class DriverDriftSpec {

  private final List<SchemaDrift> drifts = new CopyOnWriteArrayList<>();
  private Connection connection;
  private WatchedDatabase database;

  /** The target's URL, without {@code jdbc:}. */
  abstract String target();

  Properties properties() {
    return new Properties();
  }

  /** Whether a rollback undoes DDL. */
  abstract boolean isDdlTransactional();

  @BeforeEach
  void open() throws Exception {
    connection = connect();
    execute("drop table if exists renamed");
    execute("drop table if exists a");
    execute("drop table if exists b");
    execute("create table a (id integer primary key, name varchar(20))");
    database = connection.unwrap(HoldfastConnection.class).database().orElseThrow();
    assertThat(database.awaitReady(30_000)).isTrue();
    assertThat(database.refresh()).isTrue();
    database.addListener(drifts::add);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    SchemaWatch.shutdown();
  }

  /** For what is looked for after the statement, and found a little later on a busy machine. */
  SchemaDrift awaitDrift(String table) throws InterruptedException {
    for (int i = 0; drifts.isEmpty() && i < 2_000; i++) {
      Thread.sleep(5);
    }
    assertThat(names()).containsExactly(table);
    return drifts.get(0);
  }

  void forgetDrifts() {
    drifts.clear();
  }

  WatchedDatabase database() {
    return database;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:holdfast(poll=0):" + target(), properties());
  }

  @Test
  void create_isPublished() throws SQLException {
    execute("create table b (id integer)");
    assertThat(onlyDrift("b")).satisfies(drift -> {
      assertThat(drift.statementKind()).isEqualTo("CREATE");
      assertThat(drift.before()).isNull();
      assertThat(drift.changes()).contains(new StructureChange.TableCreated());
    });
  }

  @Test
  void alter_isPublishedAndChangesTheKey() throws SQLException {
    HoldfastConnection ours = connection.unwrap(HoldfastConnection.class);
    TableName a = tableA();
    var before = ours.schemaKey(a, "docs").orElseThrow();
    execute("alter table a add column note varchar(5)");
    assertThat(onlyDrift("a")).satisfies(drift -> {
      assertThat(drift.statementKind()).isEqualTo("ALTER");
      assertThat(drift.changes())
          .singleElement()
          .isInstanceOfSatisfying(
              StructureChange.ColumnAdded.class,
              added -> assertThat(added.column()).isEqualToIgnoringCase("note"));
    });
    assertThat(ours.schemaKey(a, "docs")).isPresent().get().isNotEqualTo(before);
  }

  @Test
  void drop_isPublished() throws SQLException {
    execute("drop table a");
    assertThat(onlyDrift("a")).satisfies(drift -> {
      assertThat(drift.statementKind()).isEqualTo("DROP");
      assertThat(drift.after()).isNull();
      assertThat(drift.changes()).contains(new StructureChange.TableDropped());
    });
  }

  @Test
  void rename_isADropAndACreation() throws SQLException {
    execute("alter table a rename to renamed");
    assertThat(names()).containsExactlyInAnyOrder("a", "renamed");
    assertThat(drifts).allSatisfy(drift -> assertThat(drift.statementKind()).isEqualTo("ALTER"));
  }

  @Test
  void notDdl_publishesNothing() throws SQLException {
    execute("insert into a values (1, 'x')");
    execute("update a set name = 'create table b'");
    execute("delete from a");
    assertThat(drifts).isEmpty();
    assertThat(database.statistics().ddlCertain()).isEqualTo(1);
  }

  @Test
  void failedDdl_publishesNothingThatDidNotHappen() {
    assertThatThrownBy(() -> execute("create table a (id integer)"))
        .isInstanceOf(SQLException.class);
    assertThat(drifts).isEmpty();
    assertThat(database.statistics().inDoubt()).isZero();
  }

  @Test
  void everyExecutePath_publishesOnce() throws SQLException {
    int expected = 0;
    for (Path path : paths()) {
      expected++;
      path.run("alter table a add column c" + expected + " integer");
      assertThat(drifts).as(path.toString() + expected).hasSize(expected);
    }
    assertThat(names()).containsOnly("a");
    assertThat(drifts)
        .allSatisfy(
            drift -> assertThat(drift.origin()).isEqualTo(SchemaDrift.Origin.OWN_CONNECTION));
  }

  @Test
  void batch_publishesEachTable() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("create table b (id integer)");
      statement.addBatch("insert into b values (1)");
      statement.addBatch("alter table a add column note varchar(5)");
      statement.executeBatch();
    }
    assertThat(names()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void commit_publishesWhatWasPending() throws SQLException {
    connection.setAutoCommit(false);
    execute("create table b (id integer)");
    HoldfastConnection ours = connection.unwrap(HoldfastConnection.class);
    if (isDdlTransactional()) {
      assertThat(drifts).isEmpty();
      execute("alter table a add column note varchar(5)");
      assertThat(ours.schemaKey(tableA(), "")).isEmpty();
      assertThat(database.key(tableA(), "")).isPresent();
    } else {
      assertThat(names()).containsExactly("b");
      execute("alter table a add column note varchar(5)");
    }
    connection.commit();
    assertThat(names()).containsExactlyInAnyOrder("a", "b");
    assertThat(ours.schemaKey(tableA(), "")).isPresent();
  }

  @Test
  void rollback_forgetsTransactionalDdl() throws SQLException {
    connection.setAutoCommit(false);
    execute("create table b (id integer)");
    connection.rollback();
    if (isDdlTransactional()) {
      assertThat(drifts).isEmpty();
      assertThat(database.statistics().ddlRolledBack()).isEqualTo(1);
    } else {
      assertThat(names()).containsExactly("b");
      assertThat(database.statistics().ddlRolledBack()).isZero();
    }
    connection.setAutoCommit(true);
    assertThat(database.refresh()).isTrue();
    assertThat(names()).hasSize(isDdlTransactional() ? 0 : 1);
  }

  @Test
  void rollbackToSavepoint_publishesWhatIsLeft() throws SQLException {
    connection.setAutoCommit(false);
    execute("alter table a add column note varchar(5)");
    Savepoint savepoint = connection.setSavepoint("s");
    execute("create table b (id integer)");
    if (!isDdlTransactional()) {
      // The DDL has committed, and the savepoint is gone with its transaction.
      connection.commit();
      assertThat(names()).containsExactlyInAnyOrder("a", "b");
      return;
    }
    connection.rollback(savepoint);
    connection.commit();
    assertThat(onlyDrift("a").statementKind()).isNotEqualTo("DROP");
    assertThat(database.statistics().ddlRolledBack()).isEqualTo(1);
  }

  @Test
  void close_withPendingDdl_leavesNoDoubt() throws SQLException {
    try (Connection second = connect();
        Statement statement = second.createStatement()) {
      second.setAutoCommit(false);
      statement.execute("create table b (id integer)");
      if (!isDdlTransactional()) {
        second.commit();
      }
    }
    assertThat(database.statistics().inDoubt()).isZero();
    assertThat(names()).hasSize(isDdlTransactional() ? 0 : 1);
  }

  @Test
  void unwrappedConnection_isSettledAtClose() throws SQLException {
    try (Connection second = connect()) {
      Connection raw = second.unwrap(driverType());
      try (Statement unheard = raw.createStatement()) {
        unheard.execute("create table b (id integer)");
      }
      assertThat(drifts).isEmpty();
    }
    assertThat(names()).containsExactly("b");
  }

  /** The driver's own connection type. */
  abstract Class<? extends Connection> driverType();

  @FunctionalInterface
  private interface Path {
    void run(String sql) throws SQLException;
  }

  private List<Path> paths() {
    var paths = new ArrayList<Path>();
    paths.add(sql -> withStatement(statement -> statement.execute(sql)));
    paths.add(sql -> withStatement(statement -> statement.executeUpdate(sql)));
    paths.add(sql -> withStatement(statement -> statement.executeLargeUpdate(sql)));
    paths.add(
        sql -> withStatement(statement -> statement.execute(sql, Statement.NO_GENERATED_KEYS)));
    paths.add(sql ->
        withStatement(statement -> statement.executeUpdate(sql, Statement.NO_GENERATED_KEYS)));
    paths.add(sql ->
        withStatement(statement -> statement.executeLargeUpdate(sql, Statement.NO_GENERATED_KEYS)));
    paths.add(sql -> withPrepared(sql, PreparedStatement::execute));
    paths.add(sql -> withPrepared(sql, PreparedStatement::executeUpdate));
    paths.add(sql -> withPrepared(sql, PreparedStatement::executeLargeUpdate));
    paths.add(sql -> withStatement(statement -> {
      statement.addBatch(sql);
      statement.executeBatch();
    }));
    paths.add(sql -> withStatement(statement -> {
      statement.addBatch(sql);
      statement.executeLargeBatch();
    }));
    paths.add(sql -> withPrepared(sql, prepared -> {
      prepared.addBatch();
      prepared.executeBatch();
    }));
    return paths;
  }

  @FunctionalInterface
  private interface Use<S> {
    void apply(S statement) throws SQLException;
  }

  private void withStatement(Use<Statement> use) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      use.apply(statement);
    }
  }

  private void withPrepared(String sql, Use<PreparedStatement> use) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(sql)) {
      use.apply(prepared);
    }
  }

  void execute(String sql) throws SQLException {
    withStatement(statement -> statement.execute(sql));
  }

  /** The names of the drifted tables so far, in lower case. */
  List<String> names() {
    return drifts.stream()
        .map(drift -> drift.table().name().toLowerCase(Locale.ROOT))
        .toList();
  }

  SchemaDrift onlyDrift(String table) {
    assertThat(names()).containsExactly(table);
    SchemaDrift drift = drifts.get(0);
    assertThat(drift.origin()).isEqualTo(SchemaDrift.Origin.OWN_CONNECTION);
    return drift;
  }

  private TableName tableA() {
    return database.structures().keySet().stream()
        .filter(table -> table.name().equalsIgnoreCase("a"))
        .findFirst()
        .orElseThrow();
  }
}
