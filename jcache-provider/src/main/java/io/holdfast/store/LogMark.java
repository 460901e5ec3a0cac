package io.holdfast.store;

import java.sql.SQLException;
import org.sqlite.SQLiteConnection;

/**
 * Sees to it that each log says whose it is, and which one: the first of our transactions in it raises {@code
 * log_number} in the row of {@code store}. SQLite itself takes any log that lies beside a file for the file's
 * own; {@link LogOrigin} compares.
 *
 * <p>Used under the writer's lock.
 */
final class LogMark {
  /** Begins at any other number. */
  static final String NUMBER_ANEW = "UPDATE store SET log_number = random() & 0x3fffffffffffffff";

  private static final String NUMBER = "UPDATE store SET log_number = log_number + 1";

  private final SQLiteConnection connection;
  private final WalIndex index;
  private long markedSalts;
  private boolean hasMarked;
  private boolean marks;

  LogMark(SQLiteConnection connection, WalIndex index) {
    this.connection = connection;
    this.index = index;
  }

  /** A transaction has the write lock. */
  void begun() throws SQLException {
    // A log that is moved as a whole is begun anew by
    // this very transaction, if nobody reads from it.
    marks = !hasMarked || index.salts() != markedSalts || index.isWhollyMoved();
    if (marks) {
      Pragmas.run(connection, NUMBER);
    }
  }

  /** That transaction is committed. */
  void committed() {
    if (marks) {
      // Should another process have begun a log since, it has numbered it too.
      markedSalts = index.salts();
      hasMarked = true;
      marks = false;
    }
  }
}
