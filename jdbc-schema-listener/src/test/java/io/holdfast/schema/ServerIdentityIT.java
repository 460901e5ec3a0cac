package io.holdfast.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who a server is, asked once for a pool of connections, and again when the server may be another. */
class ServerIdentityIT {

  private static final TableName T = new TableName("public", "t");
  private static final WatchSettings SETTINGS =
      new WatchSettings(Duration.ZERO, Duration.ofMinutes(1), "");
  private static final String TARGET = "jdbc:postgresql://db.example/shop";

  @AfterEach
  void end() {
    SchemaWatch.shutdown();
  }

  @Test
  void lease_knownServer_joinsTheWatchWithoutConnecting() throws Exception {
    try (var server = start();
        Connection session = connect(server)) {
      CatalogConnector refusing = () -> {
        throw new SQLException("must not be asked");
      };
      SchemaWatch.Lease one = lease(session, () -> connect(server));
      assertThat(one.database().awaitReady(10_000)).isTrue();
      SchemaWatch.Lease two = lease(session, refusing);
      assertThat(two.database()).isSameAs(one.database());
    }
  }

  @Test
  void validate_anotherServerInItsPlace_hasNoKeysAndNewLeasesAskAgain() throws Exception {
    try (var original = start();
        var replacement = start();
        Connection session = connect(original);
        Connection newSession = connect(replacement)) {
      var place = new AtomicReference<>(original);
      CatalogConnector connector = () -> connect(place.get());
      WatchedDatabase before = lease(session, connector).database();
      assertThat(before.awaitReady(10_000)).isTrue();
      assertThat(before.key(T, "")).isPresent();

      place.set(replacement);
      endOtherSessions(session);

      assertThat(before.validate()).isFalse();
      assertThat(before.key(T, "")).isEmpty();
      WatchedDatabase after = lease(newSession, connector).database();
      assertThat(after.identity().serverId()).isNotEqualTo(before.identity().serverId());
      assertThat(after.awaitReady(10_000)).isTrue();
      assertThat(after.key(T, "")).isPresent();
    }
  }

  private static EmbeddedPostgres start() throws Exception {
    EmbeddedPostgres server = EmbeddedPostgres.builder().start();
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (a int)");
    }
    return server;
  }

  private static Connection connect(EmbeddedPostgres server) throws SQLException {
    return DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
  }

  private static SchemaWatch.Lease lease(Connection session, CatalogConnector connector)
      throws SQLException {
    return SchemaWatch.lease(TARGET, "postgres", session, connector, SETTINGS);
  }

  /** As a restart would, but quicker: the watch has to connect anew. */
  private static void endOtherSessions(Connection session) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
          + "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
    }
  }
}
