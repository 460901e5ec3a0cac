package io.holdfast.jdbc;

import java.sql.SQLException;

/** The refusal of every call on a closed wrapper. */
final class UseAfterClose {

  // Not 08003 ("connection does not exist"): pools take
  // the whole class 08 as a dead server and evict.
  private static final String FUNCTION_SEQUENCE_ERROR = "HY010";

  private UseAfterClose() {}

  static SQLException of(String what) {
    return new SQLException("This " + what + " is closed.", FUNCTION_SEQUENCE_ERROR);
  }
}
