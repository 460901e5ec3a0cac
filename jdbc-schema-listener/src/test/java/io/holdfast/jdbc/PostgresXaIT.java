package io.holdfast.jdbc;

import static io.holdfast.jdbc.DriftWitness.run;
import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.TMSTARTRSCAN;
import static javax.transaction.xa.XAResource.TMSUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGConnection;
import org.postgresql.xa.PGXADataSource;

/** DDL in branches of distributed transactions: published when somebody commits the branch. */
class PostgresXaIT {

  @RegisterExtension
  static final PostgresServer SERVER = new PostgresServer();

  private DriftWitness witness;
  private PGXADataSource driver;
  private HoldfastXADataSource source;
  private XAConnection connection;
  private XAResource resource;
  private HoldfastConnection handle;
  private BranchXid xid;

  @BeforeEach
  void open() throws Exception {
    String target = SERVER.newDatabase();
    witness = new DriftWitness(
        target, PostgresServer.login(), "create table a (id int primary key, name text)");
    driver = new PGXADataSource();
    driver.setURL("jdbc:" + target);
    driver.setUser("postgres");
    driver.setPassword("postgres");
    source = HoldfastXADataSource.around(driver);
    connection = source.getXAConnection();
    resource = connection.getXAResource();
    handle = connection.getConnection().unwrap(HoldfastConnection.class);
    witness.listenTo(handle);
    xid = new BranchXid("move " + target);
  }

  @AfterEach
  void nothingEscaped() throws SQLException {
    try (DriftWitness last = witness) {
      last.assertNothingEscaped();
      connection.close();
    }
  }

  private void alterInBranch() throws Exception {
    resource.start(xid, TMNOFLAGS);
    run(handle, "alter table a add n int");
    resource.end(xid, TMSUCCESS);
  }

  @Test
  void onePhaseCommit_publishes() throws Exception {
    resource.start(xid, TMNOFLAGS);
    run(handle, "alter table a add n int");
    assertThat(witness.serves("public.a")).isTrue();
    assertThat(witness.serves(handle, "public.a")).isFalse();
    resource.end(xid, TMSUCCESS);
    assertThat(witness.serves(handle, "public.a")).isFalse();
    assertThat(witness.drifted()).isEmpty();
    resource.commit(xid, true);
    assertThat(witness.drifted()).containsExactly("public.a");
    assertThat(witness.serves(handle, "public.a")).isTrue();
  }

  @Test
  void afterABranch_theConnectionIsItsOwnAgain() throws Exception {
    alterInBranch();
    resource.commit(xid, true);
    run(handle, "create table b (id int)");
    assertThat(witness.drifted()).containsExactly("public.a", "public.b");
  }

  @Test
  void twoPhaseCommit_overAnotherConnection_publishes() throws Exception {
    alterInBranch();
    assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
    assertThat(witness.serves(handle, "public.a")).as("as before, to this one").isTrue();
    run(handle, "create table b (id int)");
    assertThat(witness.drifted()).containsExactly("public.b");
    XAConnection other = source.getXAConnection();
    other.getXAResource().commit(new BranchXid(xid.name()), false);
    other.close();
    assertThat(witness.drifted()).containsExactly("public.b", "public.a");
  }

  @Test
  void twoPhaseCommit_afterARestart_publishes() throws Exception {
    alterInBranch();
    resource.prepare(xid);
    connection.close();
    XAConnection recovering = HoldfastXADataSource.around(driver).getXAConnection();
    XAResource resourceAfter = recovering.getXAResource();
    Xid found = Arrays.stream(resourceAfter.recover(TMSTARTRSCAN))
        .filter(one -> Arrays.equals(one.getGlobalTransactionId(), xid.getGlobalTransactionId()))
        .findFirst()
        .orElseThrow();
    resourceAfter.commit(found, false);
    recovering.close();
    assertThat(witness.drifted()).containsExactly("public.a");
  }

  @Test
  void rollback_beforePrepare_isForgottenAndCounted() throws Exception {
    alterInBranch();
    resource.rollback(xid);
    assertThat(witness.drifted()).isEmpty();
    assertThat(witness.statistics().ddlRolledBack()).isEqualTo(1);
    assertThat(witness.serves(handle, "public.a")).isTrue();
  }

  @Test
  void rollback_ofAPreparedBranchOverAnotherConnection_isForgotten() throws Exception {
    alterInBranch();
    resource.prepare(xid);
    XAConnection other = source.getXAConnection();
    other.getXAResource().rollback(xid);
    other.close();
    assertThat(witness.drifted()).isEmpty();
    assertThat(witness.statistics().ddlRolledBack()).isEqualTo(1);
  }

  @Test
  void commit_ofABranchWithoutDdl_looksAtNothing() throws Exception {
    resource.start(xid, TMNOFLAGS);
    run(handle, "insert into a values (1, 'x')");
    resource.end(xid, TMSUCCESS);
    resource.prepare(xid);
    long readings = witness.statistics().readings();
    resource.commit(xid, false);
    assertThat(witness.statistics().readings()).isEqualTo(readings);
  }

  @Test
  void commit_ofAnUnknownBranch_isTheDriversErrorAndLeavesNoDoubt() {
    assertThatThrownBy(() -> resource.commit(new BranchXid("nobody's"), false))
        .isInstanceOf(XAException.class);
    assertThatThrownBy(() -> resource.rollback(new BranchXid("nobody's")))
        .isInstanceOf(XAException.class);
    assertThatThrownBy(() -> resource.forget(new BranchXid("nobody's")))
        .isInstanceOf(XAException.class);
    assertThatThrownBy(() -> resource.commit(null, false))
        .isInstanceOfAny(XAException.class, NullPointerException.class)
        .satisfies(failure ->
            assertThat(failure.getStackTrace()[0].getClassName()).doesNotStartWith("io.holdfast"));
    assertThat(witness.statistics().inDoubt()).isZero();
  }

  @Test
  void handleClosedInTheBranch_leavesTheDdlToTheBranch() throws Exception {
    resource.start(xid, TMNOFLAGS);
    run(handle, "alter table a add n int");
    resource.end(xid, TMSUCCESS);
    resource.prepare(xid);
    handle.close();
    assertThat(witness.drifted()).isEmpty();
    HoldfastConnection next = connection.getConnection().unwrap(HoldfastConnection.class);
    assertThat(witness.serves(next, "public.a")).isTrue();
    resource.commit(xid, false);
    assertThat(witness.drifted()).containsExactly("public.a");
  }

  @Test
  void driverRefusesACommitOfTheHandle_inABranch() throws Exception {
    resource.start(xid, TMNOFLAGS);
    run(handle, "alter table a add n int");
    assertThatThrownBy(handle::commit).isInstanceOf(SQLException.class);
    resource.end(xid, TMSUCCESS);
    resource.rollback(xid);
    assertThat(witness.drifted()).isEmpty();
  }

  @Test
  void poolThatLendsAgainInTheCloseEvent_losesNothing() throws Exception {
    var lent = new ArrayList<Connection>();
    connection.addConnectionEventListener(new ConnectionEventListener() {
      @Override
      public void connectionClosed(ConnectionEvent event) {
        try {
          Connection next = connection.getConnection();
          next.setAutoCommit(false);
          run(next, "create table b (id int)");
          lent.add(next);
        } catch (SQLException e) {
          throw new AssertionError(e);
        }
      }

      @Override
      public void connectionErrorOccurred(ConnectionEvent event) {}
    });
    handle.setAutoCommit(false);
    run(handle, "alter table a add n int");
    handle.close();
    // This driver leaves the transaction open, and commits it when the next handle is made.
    assertThat(witness.drifted()).containsExactly("public.a");
    lent.get(0).commit();
    assertThat(witness.drifted()).containsExactly("public.a", "public.b");
  }

  @Test
  void resources_areComparedByTheDriver() throws Exception {
    assertThat(connection.getXAResource()).isSameAs(resource);
    assertThat(resource.isSameRM(resource)).isTrue();
    assertThat(resource.isSameRM(driver.getXAConnection().getXAResource())).isFalse();
  }

  @Test
  void wrappers_leadToTheDriversObjects() throws Exception {
    assertThat(source.unwrap(PGXADataSource.class)).isSameAs(driver);
    assertThat(handle.isWrapperFor(PGConnection.class)).isTrue();
    try (Connection own = PhysicalConnection.open(driver.getXAConnection())) {
      run(own, "select 1");
    }
  }
}
