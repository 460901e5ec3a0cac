package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.SchemaWatch;
import io.holdfast.schema.WatchedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Around data sources and pools, below and above us. */
class HoldfastDataSourceTest {

  @TempDir
  private Path directory;

  private String target;

  @BeforeEach
  void name() {
    target = "h2:" + directory.resolve("source");
  }

  @AfterEach
  void shutdown() {
    SchemaWatch.shutdown();
  }

  @Test
  void around_dataSource_hearsDdl() throws Exception {
    var h2 = new JdbcDataSource();
    h2.setURL("jdbc:" + target);
    h2.setUser("sa");
    h2.setPassword("");
    try (HoldfastDataSource source = HoldfastDataSource.around(h2);
        Connection connection = source.getConnection();
        Connection named = source.getConnection("sa", "")) {
      List<SchemaDrift> drifts = listen(connection);
      execute(connection, "create table a (i int)");
      assertThat(drifts).hasSize(1);
      execute(named, "create table b (i int)");
      assertThat(drifts).hasSize(2);
      assertThat(source.unwrap(JdbcDataSource.class)).isSameAs(h2);
      assertThat(source.unwrap(HoldfastDataSource.class)).isSameAs(source);
      assertThat(source.isWrapperFor(JdbcDataSource.class)).isTrue();
    }
  }

  @Test
  void ofUrl_hearsDdl() throws Exception {
    try (HoldfastDataSource source =
            HoldfastDataSource.ofUrl("jdbc:holdfast(poll=0):" + target, new Properties());
        Connection connection = source.getConnection()) {
      List<SchemaDrift> drifts = listen(connection);
      execute(connection, "create table a (i int)");
      assertThat(drifts).hasSize(1);
    }
    assertThatThrownBy(
            () -> HoldfastDataSource.ofUrl("jdbc:h2:mem:;PASSWORD=hidden", new Properties()))
        .isInstanceOf(SQLException.class)
        .message()
        .doesNotContain("hidden");
  }

  @Test
  void ofUrl_driverAsObject_isUsed() throws Exception {
    try (HoldfastDataSource source = HoldfastDataSource.ofUrl(
            new org.h2.Driver(), "jdbc:holdfast:" + target, new Properties());
        Connection connection = source.getConnection()) {
      assertThat(connection.isWrapperFor(HoldfastConnection.class)).isTrue();
    }
  }

  @Test
  void poolAboveUs_leadsToOneListeningConnection() throws Exception {
    try (HikariDataSource pool = pool("jdbc:holdfast:" + target);
        Connection lent = pool.getConnection()) {
      HoldfastConnection ours = lent.unwrap(HoldfastConnection.class);
      assertThat(lent.unwrap(Connection.class)).isSameAs(ours);
      List<SchemaDrift> drifts = listen(lent);
      execute(lent, "create table a (i int)");
      assertThat(drifts).hasSize(1);
    }
  }

  @Test
  void poolBelowUsAndAbove_countsOnce() throws Exception {
    try (HikariDataSource pool = pool("jdbc:holdfast:" + target);
        HoldfastDataSource source = HoldfastDataSource.around(pool);
        Connection connection = source.getConnection()) {
      WatchedDatabase database =
          connection.unwrap(HoldfastConnection.class).database().orElseThrow();
      execute(connection, "create table a (i int)");
      assertThat(database.statistics().ddlCertain()).isEqualTo(1);
      assertThat(source.unwrap(HikariDataSource.class)).isSameAs(pool);
    }
  }

  @Test
  void close_closesThePool() throws Exception {
    HikariDataSource pool = pool("jdbc:" + target);
    HoldfastDataSource source = HoldfastDataSource.around(pool);
    source.getConnection().close();
    source.close();
    source.close();
    assertThat(pool.isClosed()).isTrue();
  }

  @Test
  void privateInMemoryDatabase_worksUnwatched() throws SQLException {
    long failures = HoldfastDriver.watchFailures();
    for (String url : List.of("jdbc:holdfast:sqlite::memory:", "jdbc:holdfast:h2:mem:")) {
      try (Connection connection = DriverManager.getConnection(url)) {
        execute(connection, "create table a (i int)");
        assertThat(connection.unwrap(HoldfastConnection.class).database()).isEmpty();
      }
    }
    assertThat(HoldfastDriver.watchFailures()).isEqualTo(failures);
  }

  private static HikariDataSource pool(String url) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(2);
    return new HikariDataSource(config);
  }

  private static List<SchemaDrift> listen(Connection connection) throws Exception {
    WatchedDatabase database =
        connection.unwrap(HoldfastConnection.class).database().orElseThrow();
    assertThat(database.awaitReady(30_000)).isTrue();
    var drifts = new CopyOnWriteArrayList<SchemaDrift>();
    database.addListener(drifts::add);
    return drifts;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
