package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.jdbc.ddl.DdlVerdict;
import io.holdfast.schema.SqlName;
import io.holdfast.schema.Suspects;
import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.WatchSettings;
import io.holdfast.schema.WatchedDatabase.Event;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * When is what suspected and settled? Real connections (SQLite, whose DDL is transactional, and H2,
 * whose DDL commits); the log holds the driver's calls and the reports to the watch in their order.
 */
class TransactionLedgerTest {

  private static final TableName A = new TableName("main", "a");
  private static final TableName B = new TableName("main", "b");
  private static final Set<String> DRIVER_CALLS = Set.of(
      "execute",
      "executeUpdate",
      "executeQuery",
      "executeLargeUpdate",
      "executeBatch",
      "commit",
      "rollback",
      "setAutoCommit",
      "close");

  private final List<String> log = new ArrayList<>();
  private boolean verifies;
  private final RecordingDatabase database = new RecordingDatabase(log, Map.of(B, refersToA()));
  private final List<Connection> opened = new ArrayList<>();

  @AfterEach
  void close() throws SQLException {
    for (Connection connection : opened) {
      connection.close();
    }
  }

  @Test
  void execute_autoCommit_isSettledAtOnce() throws SQLException {
    ListeningConnection connection = sqlite();
    run(connection, "create table a (i int)");
    assertThat(log).containsExactly("await", "suspect a", "execute", "settle a CREATE");
    assertThat(database.counted(Event.DDL_CERTAIN)).isEqualTo(1);
    assertThat(connection.schemaKey(A, "")).isPresent();
  }

  @Test
  void execute_notDdl_isNotReported() throws SQLException {
    ListeningConnection connection = sqlite();
    connection.setAutoCommit(false);
    run(connection, "select 1");
    connection.commit();
    assertThat(log).containsExactly("setAutoCommit", "execute", "commit");
  }

  @Test
  void commit_transactionalDdl_isSuspectedBeforeAndSettledAfter() throws SQLException {
    ListeningConnection connection = sqlite();
    connection.setAutoCommit(false);
    run(connection, "create table a (i int)");
    assertThat(log).containsExactly("setAutoCommit", "await", "execute");
    assertThat(connection.schemaKey(A, "")).isEmpty();
    assertThat(connection.schemaKey(new TableName("main", "c"), "")).isPresent();
    log.clear();

    connection.commit();

    assertThat(log).containsExactly("suspect a", "commit", "settle a CREATE");
    assertThat(connection.schemaKey(A, "")).isPresent();
  }

  @Test
  void commit_differentKinds_settlesWithoutNamingOne() throws SQLException {
    ListeningConnection connection = sqlite();
    connection.setAutoCommit(false);
    run(connection, "create table a (i int)");
    run(connection, "drop table a");
    connection.commit();
    assertThat(log).endsWith("suspect a", "commit", "settle a null");
  }

  @Test
  void rollback_transactionalDdl_isForgottenAndCounted() throws SQLException {
    ListeningConnection connection = sqlite();
    connection.setAutoCommit(false);
    run(connection, "create table a (i int)");
    run(connection, "create table c (i int)");
    connection.rollback();
    assertThat(log).noneMatch(line -> line.startsWith("suspect") || line.startsWith("settle"));
    assertThat(database.counted(Event.DDL_ROLLED_BACK)).isEqualTo(2);
    assertThat(connection.schemaKey(A, "")).isPresent();
    log.clear();
    connection.commit();
    assertThat(log).containsExactly("commit");
  }

  @Test
  void rollback_afterAnUnboundedStatement_looksAllTheSame() throws SQLException {
    ListeningConnection connection = sqlite();
    connection.setAutoCommit(false);
    run(connection, "select 1 /* unbounded */");
    assertThat(connection.schemaKey(new TableName("main", "c"), "")).isEmpty();
    log.clear();
    connection.rollback();
    assertThat(log).containsExactly("rollback", "suspect everything", "settle everything CALL");
  }

  @Test
  void rollbackToSavepoint_countsButStaysDirty() throws SQLException {
    ListeningConnection connection = sqlite();
    connection.setAutoCommit(false);
    run(connection, "create table c (i int)");
    Savepoint savepoint = connection.setSavepoint("s");
    run(connection, "create table a (i int)");
    connection.rollback(savepoint);
    assertThat(database.counted(Event.DDL_ROLLED_BACK)).isEqualTo(1);
    assertThat(connection.schemaKey(A, "")).isEmpty();
    connection.commit();
    assertThat(log).endsWith("suspect a+c", "commit", "settle a+c CREATE");
    assertThat(database.counted(Event.DDL_ROLLED_BACK)).isEqualTo(1);
  }

  @Test
  void releaseSavepoint_keepsWhatCameAfterIt() throws SQLException {
    ListeningConnection connection = sqlite();
    connection.setAutoCommit(false);
    run(connection, "select 1");
    Savepoint savepoint = connection.setSavepoint("s");
    run(connection, "create table a (i int)");
    connection.releaseSavepoint(savepoint);
    connection.rollback();
    assertThat(database.counted(Event.DDL_ROLLED_BACK)).isEqualTo(1);
  }

  @Test
  void setAutoCommit_true_commits() throws SQLException {
    ListeningConnection connection = sqlite();
    connection.setAutoCommit(false);
    run(connection, "create table a (i int)");
    connection.setAutoCommit(false);
    assertThat(log).noneMatch(line -> line.startsWith("settle"));
    connection.setAutoCommit(true);
    assertThat(log).endsWith("suspect a", "setAutoCommit", "settle a CREATE");
  }

  @Test
  void commit_failing_settlesAndStaysPending() throws SQLException {
    ListeningConnection connection = sqlite();
    run(connection, "create table parent (i integer primary key)");
    run(connection, "pragma foreign_keys = on");
    run(connection, "create table child (i int references parent deferrable initially deferred)");
    connection.setAutoCommit(false);
    run(connection, "create table a (i int)");
    run(connection, "insert into child values (7)");
    log.clear();
    assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
    assertThat(log).containsExactly("suspect a", "commit", "settle a CREATE");
    assertThat(connection.schemaKey(A, "")).isEmpty();
    connection.rollback();
    assertThat(connection.schemaKey(A, "")).isPresent();
  }

  @Test
  void close_pending_isSettledAsUnknown() throws SQLException {
    ListeningConnection connection = sqlite();
    connection.setAutoCommit(false);
    run(connection, "create table a (i int)");
    log.clear();
    connection.close();
    assertThat(log).containsExactly("suspect a", "close", "settle a CREATE", "released");
  }

  @Test
  void abort_pending_isSettledOnTheExecutor() throws SQLException {
    ListeningConnection connection = h2();
    connection.unwrap(org.h2.jdbc.JdbcConnection.class);
    var tasks = new ArrayList<Runnable>();
    connection.abort(tasks::add);
    assertThat(connection.isClosed()).isTrue();
    assertThat(log).contains("suspect everything").noneMatch(line -> line.startsWith("settle"));
    List.copyOf(tasks).forEach(Runnable::run);
    assertThat(log).endsWith("settle everything null", "released");
  }

  @Test
  void unwrap_driverType_isCountedAndSettledAtClose() throws SQLException {
    ListeningConnection connection = sqlite();
    connection.unwrap(Connection.class);
    assertThat(database.counted(Event.BLIND_SPOT)).isZero();
    // The recording object stands for the driver's own.
    assertThatThrownBy(() -> connection.unwrap(Number.class)).isInstanceOf(SQLException.class);
    assertThat(database.counted(Event.BLIND_SPOT)).isZero();
    connection.unwrap(java.lang.reflect.Proxy.class);
    assertThat(database.counted(Event.BLIND_SPOT)).isEqualTo(1);
    assertThat(connection.schemaKey(A, "")).isPresent();
    connection.setAutoCommit(false);
    assertThat(connection.schemaKey(A, "")).isEmpty();
    connection.close();
    assertThat(log).endsWith("suspect everything", "close", "settle everything null", "released");
  }

  @Test
  void mayHideDdl_autoCommit_isProbedAfterIt() throws SQLException {
    run(sqlite(), "select 1 /* hidden */");
    assertThat(log).containsExactly("execute", "probe");
    assertThat(database.counted(Event.MAY_HIDE_DDL)).isEqualTo(1);
  }

  @Test
  void mayHideDdl_inATransaction_isProbedAtItsEndAndKeepsKeysBackUntilThen() throws SQLException {
    ListeningConnection connection = sqlite();
    connection.setAutoCommit(false);
    log.clear();
    try (PreparedStatement call = connection.prepareStatement("select 1 /* hidden */")) {
      call.execute();
    }
    assertThat(log).doesNotContain("probe");
    assertThat(connection.schemaKey(A, "")).isEmpty();
    connection.commit();
    assertThat(log).endsWith("commit", "probe");
    assertThat(connection.schemaKey(A, "")).isPresent();
  }

  @Test
  void unwrapped_eachCommitIsProbedAndEachLookUpVerified() throws SQLException {
    ListeningConnection connection = sqlite();
    connection.unwrap(java.lang.reflect.Proxy.class);
    connection.setAutoCommit(false);
    connection.commit();
    assertThat(log).endsWith("commit", "probe");
    connection.setAutoCommit(true);
    log.clear();
    assertThat(connection.schemaKey(A, "")).isPresent();
    assertThat(log).containsExactly("verify a");
  }

  @Test
  void verifyAlways_eachLookUpAsksFirst() throws SQLException {
    verifies = true;
    assertThat(sqlite().schemaKey(A, "")).isPresent();
    assertThat(log).containsExactly("verify a");
  }

  @Test
  void committingDdl_inATransaction_isSettledAtOnce() throws SQLException {
    ListeningConnection connection = h2();
    connection.setAutoCommit(false);
    run(connection, "create table a (i int)");
    assertThat(log).endsWith("suspect a", "execute", "settle a CREATE");
    log.clear();
    connection.rollback();
    assertThat(log).containsExactly("rollback");
    assertThat(database.counted(Event.DDL_ROLLED_BACK)).isZero();
  }

  @Test
  void execute_failing_isSettledToo() throws SQLException {
    ListeningConnection connection = h2();
    assertThatThrownBy(() -> run(connection, "create table a (i nosuchtype)"))
        .isInstanceOf(SQLException.class);
    assertThat(log).endsWith("suspect a", "execute", "settle a CREATE");
  }

  @Test
  void everyExecutePath_isHeard() throws SQLException {
    ListeningConnection connection = h2();
    String ddl = "create table if not exists a (i int)";
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement(ddl);
        CallableStatement callable = connection.prepareCall(ddl)) {
      statement.execute(ddl);
      statement.execute(ddl, Statement.NO_GENERATED_KEYS);
      statement.execute(ddl, new int[] {1});
      statement.execute(ddl, new String[] {"I"});
      statement.executeUpdate(ddl);
      statement.executeUpdate(ddl, Statement.NO_GENERATED_KEYS);
      statement.executeUpdate(ddl, new int[] {1});
      statement.executeUpdate(ddl, new String[] {"I"});
      statement.executeLargeUpdate(ddl);
      statement.executeLargeUpdate(ddl, Statement.NO_GENERATED_KEYS);
      statement.executeLargeUpdate(ddl, new int[] {1});
      statement.executeLargeUpdate(ddl, new String[] {"I"});
      statement.executeQuery("select 1 /* unbounded */").close();
      prepared.execute();
      prepared.executeUpdate();
      prepared.executeLargeUpdate();
      callable.execute();
      callable.executeUpdate();
      callable.executeLargeUpdate();
    }
    assertThat(database.counted(Event.DDL_CERTAIN)).isEqualTo(18);
    assertThat(database.counted(Event.DDL_MAYBE)).isEqualTo(1);
    assertThat(log).filteredOn(line -> line.equals("settle a CREATE")).hasSize(18);
    assertThat(log).filteredOn(line -> line.equals("suspect a")).hasSize(18);
  }

  @Test
  void prepare_judgesOnce() throws SQLException {
    ListeningConnection connection = sqlite();
    try (PreparedStatement prepared =
        connection.prepareStatement("create table if not exists a (i int)")) {
      assertThat(judged).hasSize(1);
      prepared.execute();
      prepared.executeUpdate();
      assertThat(judged).hasSize(1);
    }
  }

  @Test
  void executeBatch_isOneDoubtOverAllItsTables() throws SQLException {
    ListeningConnection connection = sqlite();
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("create table a (i int)");
      statement.addBatch("insert into a values (1)");
      statement.addBatch("create table c (i int)");
      statement.executeBatch();
      assertThat(log).containsExactly("await", "suspect a+c", "executeBatch", "settle a+c CREATE");
      assertThat(database.counted(Event.DDL_CERTAIN)).isEqualTo(2);
      log.clear();
      statement.addBatch("insert into a values (2)");
      statement.executeBatch();
      statement.addBatch("drop table a");
      statement.clearBatch();
      statement.addBatch("insert into a values (3)");
      statement.executeBatch();
      assertThat(log).containsExactly("executeBatch", "executeBatch");
    }
  }

  @Test
  void executeBatch_failingHalfWay_isSettled() throws SQLException {
    ListeningConnection connection = sqlite();
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("create table a (i int)");
      statement.addBatch("create table a (i int)");
      statement.addBatch("create table c (i int)");
      assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
    }
    assertThat(log).endsWith("suspect a+c", "executeBatch", "settle a+c CREATE");
  }

  @Test
  void executeBatch_prepared_isHeard() throws SQLException {
    ListeningConnection connection = h2();
    try (PreparedStatement prepared =
        connection.prepareStatement("create table if not exists a (i int)")) {
      prepared.addBatch();
      prepared.addBatch();
      prepared.executeBatch();
    }
    assertThat(log).endsWith("suspect a", "executeBatch", "settle a CREATE");
    assertThat(database.counted(Event.DDL_CERTAIN)).isEqualTo(2);
  }

  @Test
  void textTransaction_isSettledAtItsEnd() throws SQLException {
    ListeningConnection connection = sqlite();
    run(connection, "begin");
    run(connection, "create table a (i int)");
    assertThat(log).containsExactly("execute", "await", "execute");
    assertThat(connection.schemaKey(A, "")).isEmpty();
    log.clear();
    run(connection, "commit;");
    assertThat(log).containsExactly("suspect a", "execute", "settle a CREATE");
    assertThat(connection.schemaKey(A, "")).isPresent();
    log.clear();
    run(connection, "begin");
    run(connection, "commit");
    assertThat(log).containsExactly("execute", "execute");
  }

  @Test
  void textTransaction_rolledBack_isForgottenAndCounted() throws SQLException {
    ListeningConnection connection = sqlite();
    run(connection, "begin");
    run(connection, "create table a (i int)");
    run(connection, "rollback");
    assertThat(log).noneMatch(line -> line.startsWith("settle"));
    assertThat(database.counted(Event.DDL_ROLLED_BACK)).isEqualTo(1);
    assertThat(connection.schemaKey(A, "")).isPresent();
  }

  @Test
  void unclearText_isSettledAtOnceAndAgainAtTheEnd() throws SQLException {
    ListeningConnection connection = sqlite();
    run(connection, "begin /* unclear */");
    run(connection, "create table a (i int)");
    assertThat(log).endsWith("suspect a", "execute", "settle a CREATE");
    assertThat(connection.schemaKey(A, "")).isEmpty();
    log.clear();
    run(connection, "commit");
    assertThat(log).containsExactly("suspect a", "execute", "settle a CREATE");
    assertThat(connection.schemaKey(A, "")).isPresent();
  }

  @Test
  void unclearText_whereDdlCommits_leavesNothingPending() throws SQLException {
    ListeningConnection connection = h2();
    run(connection, "commit /* unclear */");
    run(connection, "create table a (i int)");
    assertThat(log).endsWith("suspect a", "execute", "settle a CREATE");
    assertThat(connection.schemaKey(A, "")).isPresent();
  }

  @Test
  void schemaKey_tableThatRefersToADirtyOne_isEmpty() throws SQLException {
    ListeningConnection connection = sqlite();
    connection.setAutoCommit(false);
    assertThat(connection.schemaKey(B, "")).isPresent();
    run(connection, "create table A (i int)");
    assertThat(connection.schemaKey(B, "")).isEmpty();
  }

  private final List<String> judged = new ArrayList<>();

  /** Enough of a recogniser for these texts; the real one has tests of its own. */
  private DdlVerdict recognise(String sql) {
    judged.add(sql);
    String[] words = sql.toUpperCase(Locale.ROOT).split("[ ;]+", -1);
    if (sql.contains("unbounded")) {
      return new DdlVerdict(DdlVerdict.Answer.MAYBE, "CALL", List.of(), Suspects.ALL, false, false);
    }
    if (Set.of("BEGIN", "COMMIT", "ROLLBACK").contains(words[0])) {
      return new DdlVerdict(DdlVerdict.Answer.NO, "", List.of(), Suspects.NONE, true, false);
    }
    if (!Set.of("CREATE", "DROP").contains(words[0]) || !words[1].equals("TABLE")) {
      return DdlVerdict.NO;
    }
    var name = new SqlName(null, words[words[2].equals("IF") ? 5 : 2].toLowerCase(Locale.ROOT));
    if (Set.of("parent", "child").contains(name.name())) {
      return DdlVerdict.NO;
    }
    return new DdlVerdict(
        DdlVerdict.Answer.YES, words[0], List.of(name), Suspects.of(Set.of(name)), false, false);
  }

  private ListeningConnection sqlite() throws SQLException {
    return listening("jdbc:sqlite::memory:");
  }

  private ListeningConnection h2() throws SQLException {
    return listening("jdbc:h2:mem:");
  }

  private ListeningConnection listening(String url) throws SQLException {
    Connection raw = DriverManager.getConnection(url);
    List<RecordingTarget.Call> calls = new DriverCalls();
    var ledger = new TransactionLedger(
        database,
        this::recognise,
        DdlTiming.of(raw.getMetaData()),
        raw.getAutoCommit(),
        /* path= */ null,
        new ConnectOptions(WatchSettings.DEFAULT, "", verifies, Duration.ofSeconds(1)));
    var connection = new ListeningConnection(
        RecordingTarget.around(Connection.class, raw, calls), ledger, () -> log.add("released"));
    opened.add(connection);
    return connection;
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static TableStructure refersToA() {
    return new TableStructure(
        B,
        TableStructure.Kind.TABLE,
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(new TableStructure.ForeignKey("fk", List.of("a_i"), A, List.of("i"), "")),
        List.of(),
        List.of(),
        null,
        List.of(),
        null);
  }

  /** Puts the driver's calls that matter here into the log. */
  private final class DriverCalls extends AbstractList<RecordingTarget.Call> {

    @Override
    public boolean add(RecordingTarget.Call call) {
      boolean ofStatement = call.method().getDeclaringClass() != Connection.class;
      String name = call.method().getName();
      if (DRIVER_CALLS.contains(name) && !(ofStatement && name.equals("close"))) {
        log.add(name);
      }
      return true;
    }

    @Override
    public RecordingTarget.Call get(int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int size() {
      return 0;
    }
  }
}
