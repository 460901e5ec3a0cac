package io.holdfast.jdbc;

import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchedDatabase;
import java.sql.Connection;
import java.util.Optional;

/**
 * A connection opened through Holdfast. Found by {@code connection.unwrap(HoldfastConnection.class)},
 * through pools too.
 */
public interface HoldfastConnection extends Connection {

  /**
   * The watched database behind this connection; no I/O.
   *
   * @return empty for a private in-memory database, which no second connection can look into, and
   *     when the watch could not begin, which is logged
   */
  Optional<WatchedDatabase> database();

  /**
   * The key for an answer about a table, as this connection may use it; no I/O, unless the connection
   * was opened with {@code verify=always}: then as {@link #verifiedSchemaKey}.
   *
   * <p>Empty where the database has no key (unknown or in doubt), and for a table that this connection
   * has changed without having committed: it sees a structure that nobody else sees, so its answers
   * are neither to be served from a cache nor stored in one. All tables, if the change is not bounded
   * by the statement's text.
   *
   * @param table as the catalog spells it
   * @param discriminator what else tells answers apart, may be empty
   * @return the key, or empty: by-pass the cache
   */
  Optional<SchemaKey> schemaKey(TableName table, String discriminator);

  /**
   * The same after asking the server whether it still holds, over a connection of the watch: never for
   * a structure that had been changed before this call, whoever changed it. Blocks for one probe, at
   * most for {@code maxWait}; empty, too, if the server did not answer in time.
   */
  Optional<SchemaKey> verifiedSchemaKey(TableName table, String discriminator);
}
