package io.holdfast.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases: who shares a watch, and when it ends. */
class SchemaWatchIT {

  private static final TableName T = new TableName("main", "t");
  private static final WatchSettings LINGERING =
      new WatchSettings(Duration.ZERO, Duration.ofMinutes(1), "");
  private static final WatchSettings ENDING_AT_ONCE =
      new WatchSettings(Duration.ZERO, Duration.ZERO, "");

  @TempDir
  Path directory;

  private String url;
  private Connection session;

  @BeforeEach
  void open() throws Exception {
    RecordingMonitor.TOLD.clear();
    url = "jdbc:sqlite:" + directory.resolve("leased.db");
    session = DriverManager.getConnection(url);
    session.createStatement().execute("CREATE TABLE t (a INT)");
  }

  @AfterEach
  void close() throws Exception {
    SchemaWatch.shutdown();
    session.close();
  }

  private SchemaWatch.Lease lease(WatchSettings settings) throws Exception {
    return SchemaWatch.lease(url, "", session, () -> DriverManager.getConnection(url), settings);
  }

  @Test
  void lease_sameDatabaseAndSettings_isTheSameWatch() throws Exception {
    SchemaWatch.Lease one = lease(LINGERING);
    SchemaWatch.Lease two = lease(LINGERING);
    assertThat(two.database()).isSameAs(one.database());
    assertThat(SchemaWatch.databases()).containsExactly(one.database());
  }

  @Test
  void lease_otherSettings_isAnotherWatch() throws Exception {
    assertThat(lease(LINGERING).database()).isNotSameAs(lease(ENDING_AT_ONCE).database());
  }

  @Test
  void lease_againWhileLingering_findsWhatIsKnown() throws Exception {
    SchemaWatch.Lease one = lease(LINGERING);
    assertThat(one.database().awaitReady(10_000)).isTrue();
    one.close();
    one.close();
    SchemaWatch.Lease two = lease(LINGERING);
    assertThat(two.database()).isSameAs(one.database());
    assertThat(two.database().key(T, "")).isPresent();
  }

  @Test
  void close_lastLeaseAndLingerOver_endsTheWatchItsThreadAndItsConnections() throws Exception {
    SchemaWatch.Lease one = lease(ENDING_AT_ONCE);
    SchemaWatch.Lease two = lease(ENDING_AT_ONCE);
    WatchedDatabase database = one.database();
    assertThat(database.awaitReady(10_000)).isTrue();
    Thread watch = Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains(database.identity().id()))
        .findAny()
        .orElseThrow();
    assertThat(watch.isDaemon()).isTrue();
    assertThat(watch.getContextClassLoader()).isNull();

    one.close();
    assertThat(SchemaWatch.databases()).containsExactly(database);
    two.close();
    watch.join(20_000);

    assertThat(watch.isAlive()).isFalse();
    assertThat(SchemaWatch.databases()).isEmpty();
    assertThat(database.key(T, "")).isEmpty();
    assertThat(database.validate()).isFalse();
  }

  @Test
  void lease_monitorsThatThrow_areToldBeforeTheFirstReadingAndAtTheEnd() throws Exception {
    SchemaWatch.Lease lease = lease(LINGERING);
    assertThat(lease.database().awaitReady(10_000)).isTrue();
    SchemaWatch.shutdown();
    String id = lease.database().identity().id();
    assertThat(RecordingMonitor.TOLD)
        .containsExactly("watched " + id + " readings 0", "released " + id);
    lease.close();
  }
}
