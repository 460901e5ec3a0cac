package io.holdfast.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A database under watch, with a session of the application's and a queue of what listeners heard.
 * Without polling unless asked for, so a test decides when the watch looks.
 */
final class WatchFixture implements AutoCloseable {

  private static final Duration NO_POLLING = Duration.ZERO;
  private static final Duration NO_LINGER = Duration.ZERO;

  private final String url;
  private final Connection session;
  private final SchemaWatch.Lease lease;
  private final LinkedBlockingQueue<SchemaDrift> heard = new LinkedBlockingQueue<>();

  private WatchFixture(String url, Duration poll, String... setUp) throws Exception {
    this.url = url;
    this.session = DriverManager.getConnection(url);
    for (String sql : setUp) {
      execute(sql);
    }
    this.lease = SchemaWatch.lease(
        url,
        "",
        session,
        () -> DriverManager.getConnection(url),
        new WatchSettings(poll, NO_LINGER, ""));
    database().addListener(heard::add);
    if (!database().awaitReady(10_000)) {
      throw new AssertionError(
          "the first reading did not succeed: " + database().statistics());
    }
  }

  static WatchFixture of(String url, String... setUp) throws Exception {
    return new WatchFixture(url, NO_POLLING, setUp);
  }

  static WatchFixture polling(String url, String... setUp) throws Exception {
    return new WatchFixture(url, Duration.ofMillis(20), setUp);
  }

  /** Returns when it holds; fails after 30 seconds, with the state. */
  static void until(Callable<Boolean> condition, Object state) throws Exception {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time: %s", state).isLessThan(endNanos);
      Thread.sleep(5);
    }
  }

  WatchedDatabase database() {
    return lease.database();
  }

  Connection session() {
    return session;
  }

  /** As the application, or anybody else whom the watch does not hear. */
  void execute(String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row. */
  String query(String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** In a session of its own. */
  void executeElsewhere(String sql) throws SQLException {
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  /** As the wrapper driver reports a statement of its own. */
  void executeReported(String sql, String... names) throws SQLException {
    Suspects suspects = names.length == 0 ? Suspects.ALL : suspects(names);
    database().suspect(suspects);
    try {
      execute(sql);
    } finally {
      database().settle(suspects, sql.split(" ", 2)[0]);
    }
  }

  static Suspects suspects(String... names) {
    var set = new HashSet<SqlName>();
    for (String name : names) {
      set.add(new SqlName(null, name));
    }
    return Suspects.of(Set.copyOf(set));
  }

  /** What listeners have heard and nobody has taken yet. */
  List<SchemaDrift> heard() {
    var drifts = new ArrayList<SchemaDrift>();
    heard.drainTo(drifts);
    return drifts;
  }

  /** Waits for the next drift that a listener hears. */
  SchemaDrift awaitDrift() throws InterruptedException {
    SchemaDrift drift = heard.poll(30, TimeUnit.SECONDS);
    if (drift == null) {
      throw new AssertionError("no drift was heard: " + database().statistics());
    }
    return drift;
  }

  static List<String> summaries(List<SchemaDrift> drifts) {
    return drifts.stream().map(SchemaDrift::summary).sorted().toList();
  }

  @Override
  public void close() throws SQLException {
    lease.close();
    session.close();
    SchemaWatch.shutdown();
  }
}
