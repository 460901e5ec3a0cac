package io.holdfast.schema;

import java.sql.SQLException;

/**
 * This database cannot be watched, ever: no second connection can see it (a private in-memory
 * database), so no catalog reading of ours would be about it. The connection itself is fine.
 */
public final class UnwatchableDatabaseException extends SQLException {

  private static final long serialVersionUID = 1L;

  /**
   * Says which and why.
   *
   * @param reason without URL parameters or secrets
   */
  public UnwatchableDatabaseException(String reason) {
    super(reason);
  }
}
