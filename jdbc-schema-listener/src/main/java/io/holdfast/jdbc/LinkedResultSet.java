package io.holdfast.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A result set that leads back to our statement. Rows are read through the generated base class; there
 * is no work of ours in {@code next()} and the getters of simple types.
 */
final class LinkedResultSet extends ForwardingResultSet {

  private final ListeningConnection connection;
  private final boolean ownedByOrigin;
  private @Nullable ListeningStatement origin;

  /**
   * Wraps.
   *
   * @param origin the statement it came from, directly or through an array; null for metadata
   * @param ownedByOrigin whether {@code getStatement()} is that statement whatever the driver says; if
   *     not, the driver may have made a statement of its own
   */
  LinkedResultSet(
      ResultSet target,
      ListeningConnection connection,
      @Nullable ListeningStatement origin,
      boolean ownedByOrigin) {
    super(target);
    this.connection = connection;
    this.origin = origin;
    this.ownedByOrigin = ownedByOrigin;
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    // Asked even where we know better: the driver refuses on a closed result set, and so must we.
    Statement raw = open().getStatement();
    ListeningStatement known = origin;
    if (ownedByOrigin || (known != null && known.targetOrNull() == raw)) {
      return known;
    }
    if (raw == null) {
      return null;
    }
    var found = new ListeningStatement(connection, raw);
    origin = found;
    return found;
  }

  @Override
  @Nullable
  Array linked(@Nullable Array array) {
    return array == null ? null : new LinkedArray(array, connection, origin);
  }

  @Override
  @Nullable
  Object linked(@Nullable Object value) {
    return linked(value, connection, origin);
  }

  @Override
  <T> @Nullable T linked(@Nullable T value, Class<T> type) {
    return linked(value, type, connection, origin);
  }

  /** A value that leads back to a statement, in our clothes; any other value as it is. */
  static @Nullable Object linked(
      @Nullable Object value, ListeningConnection connection, @Nullable ListeningStatement origin) {
    if (value instanceof Array array) {
      return new LinkedArray(array, connection, origin);
    }
    if (value instanceof ResultSet cursor) {
      return new LinkedResultSet(cursor, connection, origin, false);
    }
    return value;
  }

  /** The same, unless the caller asked for a type that is the driver's own. */
  static <T> @Nullable T linked(
      @Nullable T value,
      Class<T> type,
      ListeningConnection connection,
      @Nullable ListeningStatement origin) {
    Object linked = linked(value, connection, origin);
    return linked != null && type.isInstance(linked) ? type.cast(linked) : value;
  }

  /** Whether this wraps that object of the driver. */
  boolean wraps(ResultSet other) {
    return targetOrNull() == other;
  }

  @Override
  public void close() throws SQLException {
    ResultSet target = targetOrNull();
    if (target != null) {
      target.close();
      detach();
    }
  }

  @Override
  public boolean isClosed() throws SQLException {
    ResultSet target = targetOrNull();
    return target == null || target.isClosed();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return WrapperContract.unwrap(this, open(), connection.ledger(), type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return WrapperContract.isWrapperFor(this, targetOrNull(), type);
  }

  @Override
  public String toString() {
    return "Holdfast result set of " + targetOrNull();
  }
}
