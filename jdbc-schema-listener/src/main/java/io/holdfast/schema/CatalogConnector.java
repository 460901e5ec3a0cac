package io.holdfast.schema;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a connection of the target driver with the user's own credentials, for reading the catalog. */
@FunctionalInterface
public interface CatalogConnector {

  /** A new connection; the caller closes it. */
  Connection connect() throws SQLException;
}
