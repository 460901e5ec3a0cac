package io.holdfast.docs.serve;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to one database, through the driver {@code jdbc:holdfast:}. */
@FunctionalInterface
public interface ConnectionSource {

  /** A new one, the caller's to close. Asks nobody for a password. */
  Connection connect() throws SQLException;
}
