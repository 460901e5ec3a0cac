package io.holdfast.jdbc.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

/**
 * Property: whatever a real server's catalog shows to have changed is a yes or a maybe. And the
 * other way round: a firm yes without any effect is the exception.
 */
class OwnStatementsIT {

  @Test
  void recognise_whatChangedOnPostgresql_isNeverMissed() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        // Several statements in one text are understood by the simple protocol only.
        Connection connection = DriverManager.getConnection(
            server.getJdbcUrl("postgres", "postgres") + "&preferQueryMode=simple")) {
      assertJudged(Dialect.POSTGRESQL, connection, CatalogWitnesses.POSTGRESQL);
    }
  }

  @Test
  void recognise_whatChangedOnH2_isNeverMissed() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:own_statements")) {
      assertJudged(Dialect.H2, connection, CatalogWitnesses.H2);
    }
  }

  @Test
  void recognise_whatChangedOnSqlite_isNeverMissed() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      assertJudged(Dialect.SQLITE, connection, CatalogWitnesses.SQLITE);
    }
  }

  static void assertJudged(Dialect dialect, Connection connection, CatalogWitness witness)
      throws Exception {
    DdlMetrics metrics = OwnStatements.judge(dialect, connection, witness);
    assertThat(metrics.changing()).as("statements that changed structure").isGreaterThan(40);
    assertThat(metrics.missed()).as(metrics.toString()).isEmpty();
    assertThat(metrics.precisionOnAnyObject())
        .as(metrics + " without effect: " + metrics.idle())
        .isGreaterThanOrEqualTo(0.97);
  }
}
