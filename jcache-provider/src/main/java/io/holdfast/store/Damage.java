package io.holdfast.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells damage of the file from all other failures. */
final class Damage {

  private Damage() {}

  /** Whether SQLite found the file itself damaged: malformed, or no database any more. */
  static boolean isIn(Throwable failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof DamagedFileException || (at instanceof SQLException e && isDamage(e))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDamage(SQLException e) {
    int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
    // The lowest byte; the others say where SQLite noticed. https://sqlite.org/rescode.html
    return (code & 0xff) == SQLiteErrorCode.SQLITE_CORRUPT.code
        || (code & 0xff) == SQLiteErrorCode.SQLITE_NOTADB.code;
  }
}
