package io.holdfast.jdbc;

import static io.holdfast.jdbc.DriftWitness.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Physical connections of H2's pool source and XA source, whose handles come and go. */
class PooledConnectionTest {

  private final JdbcDataSource driver = new JdbcDataSource();
  private DriftWitness witness;
  private PooledConnection pooled;

  @BeforeEach
  void open() throws Exception {
    witness = new DriftWitness(
        "h2:mem:pooled;DB_CLOSE_DELAY=-1",
        new Properties(),
        "drop all objects",
        "create table a (id int primary key)");
    driver.setURL("jdbc:h2:mem:pooled");
    driver.setUser("");
    pooled = HoldfastConnectionPoolDataSource.around(driver).getPooledConnection("", "");
    try (Connection handle = pooled.getConnection()) {
      witness.listenTo(handle.unwrap(HoldfastConnection.class));
    }
  }

  @AfterEach
  void nothingEscaped() throws SQLException {
    try (DriftWitness last = witness) {
      last.assertNothingEscaped();
      pooled.close();
    }
  }

  @Test
  void handles_hearDdl() throws SQLException {
    for (String table : List.of("b", "c")) {
      try (Connection handle = pooled.getConnection()) {
        run(handle, "create table " + table + " (id int)");
      }
    }
    assertThat(witness.drifted()).containsExactly("public.b", "public.c");
  }

  @Test
  void eventsComeFromOurObject_onceTheHandleIsOver() throws SQLException {
    var events = new ArrayList<ConnectionEvent>();
    var listener = new ConnectionEventListener() {
      @Override
      public void connectionClosed(ConnectionEvent event) {
        events.add(event);
      }

      @Override
      public void connectionErrorOccurred(ConnectionEvent event) {
        events.add(event);
      }
    };
    pooled.addConnectionEventListener(listener);
    Connection handle = pooled.getConnection();
    handle.close();
    handle.close();
    assertThat(handle.isClosed()).isTrue();
    assertThat(events).singleElement().satisfies(event -> {
      assertThat(event.getSource()).isSameAs(pooled);
      assertThat((Throwable) event.getSQLException()).isNull();
    });
    pooled.removeConnectionEventListener(listener);
    pooled.getConnection().close();
    assertThat(events).hasSize(1);
  }

  @Test
  void secondHandle_closesTheFirst() throws SQLException {
    Connection first = pooled.getConnection();
    Connection second = pooled.getConnection();
    assertThat(first.isClosed()).isTrue();
    assertThatThrownBy(first::createStatement).isInstanceOf(SQLException.class);
    run(second, "create table b (id int)");
    assertThat(witness.drifted()).containsExactly("public.b");
  }

  @Test
  void statementEvents_bearOurStatement() throws SQLException {
    var calls = new ArrayList<RecordingTarget.Call>();
    PooledConnection physical = RecordingTarget.alone(PooledConnection.class, calls);
    var ours = new ListeningPooledConnection(physical, new Attached(new Unwatched(true), () -> {}));
    var events = new ArrayList<StatementEvent>();
    var listener = new StatementEventListener() {
      @Override
      public void statementClosed(StatementEvent event) {
        events.add(event);
      }

      @Override
      public void statementErrorOccurred(StatementEvent event) {
        events.add(event);
      }
    };
    ours.addStatementEventListener(listener);
    PreparedStatement prepared = ours.getConnection().prepareStatement("select 1");
    PreparedStatement raw =
        (PreparedStatement) ((ListeningPreparedStatement) prepared).targetOrNull();
    var toDriver = (StatementEventListener) argumentOf(calls, "addStatementEventListener");
    var failure = new SQLException("gone");

    toDriver.statementErrorOccurred(new StatementEvent(physical, raw, failure));
    toDriver.statementClosed(new StatementEvent(physical, raw));

    assertThat(events).allSatisfy(event -> {
      assertThat(event.getSource()).isSameAs(ours);
      assertThat(event.getStatement()).isSameAs(prepared);
    });
    assertThat(events).extracting(StatementEvent::getSQLException).containsExactly(failure, null);
    ours.removeStatementEventListener(listener);
    assertThat(argumentOf(calls, "removeStatementEventListener")).isSameAs(toDriver);
  }

  @Test
  void errorEvents_areToldOn() {
    var calls = new ArrayList<RecordingTarget.Call>();
    PooledConnection physical = RecordingTarget.alone(PooledConnection.class, calls);
    var ours = new ListeningPooledConnection(physical, new Attached(new Unwatched(true), () -> {}));
    var events = new ArrayList<ConnectionEvent>();
    ours.addConnectionEventListener(new ConnectionEventListener() {
      @Override
      public void connectionClosed(ConnectionEvent event) {}

      @Override
      public void connectionErrorOccurred(ConnectionEvent event) {
        events.add(event);
      }
    });
    var failure = new SQLException("server gone", "08006");
    ((ConnectionEventListener) argumentOf(calls, "addConnectionEventListener"))
        .connectionErrorOccurred(new ConnectionEvent(physical, failure));
    assertThat(events).singleElement().satisfies(event -> {
      assertThat(event.getSource()).isSameAs(ours);
      assertThat((Throwable) event.getSQLException()).isSameAs(failure);
    });
  }

  @Test
  void close_releasesTheWatchOnceThePhysicalConnectionIsClosed() throws SQLException {
    var log = new ArrayList<String>();
    var calls = new ArrayList<RecordingTarget.Call>();
    PooledConnection physical = RecordingTarget.alone(PooledConnection.class, calls);
    var ours = new ListeningPooledConnection(
        physical, new Attached(new Unwatched(true), () -> log.add("released")));
    ours.getConnection().close();
    assertThat(log).isEmpty();
    ours.close();
    assertThat(log).containsExactly("released");
  }

  @Test
  void sourceThatFails_closesThePhysicalConnection() {
    var calls = new ArrayList<RecordingTarget.Call>();
    PooledConnection physical = RecordingTarget.alone(PooledConnection.class, calls);
    PooledConnection failing = (PooledConnection) java.lang.reflect.Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {PooledConnection.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("getConnection")) {
            throw new SQLException("no");
          }
          return method.invoke(physical, arguments);
        });
    assertThatThrownBy(() -> PhysicalConnection.tied(failing, () -> null)).hasMessage("no");
    assertThat(calls).extracting(call -> call.method().getName()).containsExactly("close");
  }

  @Test
  void xa_whereDdlCommits_isPublishedAtOnce() throws Exception {
    XAConnection xa = HoldfastXADataSource.around(driver).getXAConnection();
    XAResource resource = xa.getXAResource();
    Connection handle = xa.getConnection();
    var xid = new BranchXid("branch");
    resource.start(xid, XAResource.TMNOFLAGS);
    run(handle, "create table b (id int)");
    assertThat(witness.drifted()).containsExactly("public.b");
    run(handle, "insert into b values (1)");
    resource.end(xid, XAResource.TMSUCCESS);
    assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
    resource.commit(xid, false);
    assertThat(witness.drifted()).containsExactly("public.b");
    run(handle, "create table c (id int)");
    xa.close();
    assertThat(witness.drifted()).containsExactly("public.b", "public.c");
  }

  private static Object argumentOf(List<RecordingTarget.Call> calls, String method) {
    return calls.stream()
        .filter(call -> call.method().getName().equals(method))
        .map(call -> call.arguments().get(0))
        .reduce((first, last) -> last)
        .orElseThrow();
  }
}
