package io.holdfast.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** When others see what a DDL statement inside a transaction has done. */
enum DdlTiming {
  /** With the transaction: PostgreSQL, SQLite, SQL Server. */
  AT_COMMIT(false, true),
  /** As soon as the statement is over, for it commits: MariaDB, MySQL, H2, Oracle. */
  AT_ONCE(true, false),
  /** The driver does not say: look after the statement and at the commit. */
  EITHER(true, true);

  private final boolean settlesAtOnce;
  private final boolean staysPending;

  DdlTiming(boolean settlesAtOnce, boolean staysPending) {
    this.settlesAtOnce = settlesAtOnce;
    this.staysPending = staysPending;
  }

  boolean settlesAtOnce() {
    return settlesAtOnce;
  }

  boolean staysPending() {
    return staysPending;
  }

  /** Asks the driver, whose answers are constants in the drivers we know. */
  static DdlTiming of(DatabaseMetaData metaData) {
    try {
      if (metaData.dataDefinitionCausesTransactionCommit()) {
        return AT_ONCE;
      }
      boolean transactional = metaData.supportsDataDefinitionAndDataManipulationTransactions()
          && !metaData.dataDefinitionIgnoredInTransactions();
      return transactional ? AT_COMMIT : EITHER;
    } catch (SQLException e) {
      return EITHER;
    }
  }
}
