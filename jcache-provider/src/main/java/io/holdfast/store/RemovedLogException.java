package io.holdfast.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The log at its place is not the one, or there is none: who has the file open has a log that was removed. */
final class RemovedLogException extends StoreException {
  private static final long serialVersionUID = 1L;

  RemovedLogException(Path file) {
    super(
        "Could not open " + file + ": its log was removed while another process has it open,"
            + " which did not move it into the file so far",
        file);
  }

  /** Whether SQLite did not find in the log what should be there. Elsewhere it takes missing bytes for zeros. */
  static boolean isReasonOf(SQLException failure) {
    return failure instanceof SQLiteException e
        && e.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ;
  }
}
