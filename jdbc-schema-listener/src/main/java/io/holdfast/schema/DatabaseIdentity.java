package io.holdfast.schema;

/**
 * Which database, as whom: what keeps the answers of two tenants apart. Never holds a password.
 *
 * @param dialect the engine
 * @param host server host, empty for a file or in-memory database
 * @param port server port, 0 where there is none
 * @param database database name, or the absolute path of a file
 * @param schemaFilter the schemas that are looked at, as configured; empty for all of the user's
 * @param user the user, empty where there is none
 * @param serverId the server's own identity where it has one (PostgreSQL system identifier, inode of
 *     a SQLite file), else empty
 */
public record DatabaseIdentity(
    Dialect dialect,
    String host,
    int port,
    String database,
    String schemaFilter,
    String user,
    String serverId) {

  /**
   * A short text that is equal exactly for equal identities on every machine: the engine, the
   * database's name and 16 hexadecimal digits of a SHA-256 over the length-prefixed parts.
   */
  public String id() {
    return DatabaseIdentityText.id(this);
  }
}
