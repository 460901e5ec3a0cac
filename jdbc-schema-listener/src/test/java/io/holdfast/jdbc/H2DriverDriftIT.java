package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.StructureChange;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;

/** Drift through the driver, on H2, whose DDL commits. */
class H2DriverDriftIT extends DriverDriftSpec {

  @Override
  String target() {
    return "h2:mem:drift;DB_CLOSE_DELAY=-1";
  }

  @Override
  boolean isDdlTransactional() {
    return false;
  }

  @Override
  Class<? extends Connection> driverType() {
    return JdbcConnection.class;
  }

  @Test
  void truncate_isPublished() throws SQLException {
    execute("insert into a values (1, 'x')");
    execute("truncate table a");
    assertThat(onlyDrift("a").changes()).containsExactly(new StructureChange.TableReplaced());
  }

  @Test
  void aliasInASelect_isLookedForAfterIt() throws Exception {
    execute("drop alias if exists widen");
    execute("create alias widen as 'int widen(java.sql.Connection c) throws java.sql.SQLException"
        + " { c.createStatement().execute(\"alter table a add wide int\"); return 1; }'");
    execute("select widen()");
    assertThat(awaitDrift("a").changes()).hasSize(1);
    execute("drop alias widen");
  }

  @Test
  void severalStatementsInOneText_areAllHeard() throws SQLException {
    execute("insert into a values (1, 'x'); create table b (id integer); alter table a add n int");
    assertThat(names()).containsExactlyInAnyOrder("a", "b");
  }
}
