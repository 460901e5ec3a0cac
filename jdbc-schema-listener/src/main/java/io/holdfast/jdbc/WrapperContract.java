package io.holdfast.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * {@code unwrap} and {@code isWrapperFor} of all wrappers: ourselves if the type fits us, else the
 * driver's object if it fits, else whatever the driver's object wraps.
 *
 * <p>{@code unwrap(Connection.class)} therefore gives the listening connection: DDL goes unheard only
 * where a driver's own type is asked for by name.
 */
final class WrapperContract {

  private WrapperContract() {}

  static boolean isWrapperFor(Object self, @Nullable Wrapper target, Class<?> type)
      throws SQLException {
    return type.isInstance(self)
        || type.isInstance(target)
        || (target != null && target.isWrapperFor(type));
  }

  /** Unwraps; what is not {@code self} escapes our ears and is reported to the ledger. */
  static <T> T unwrap(Object self, Wrapper target, Ledger ledger, Class<T> type)
      throws SQLException {
    if (type.isInstance(self)) {
      return type.cast(self);
    }
    T driverObject = type.isInstance(target) ? type.cast(target) : unwrapped(target, type);
    ledger.escaped();
    return driverObject;
  }

  private static <T> T unwrapped(Wrapper target, Class<T> type) throws SQLException {
    try {
      return target.unwrap(type);
    } catch (ClassCastException e) {
      // sqlite-jdbc 3.54 casts without asking; the interface promises an SQLException.
      throw new SQLException(
          target.getClass().getName() + " does not wrap " + type.getName() + ".", e);
    }
  }

  /** Whether a source of connections, or the one it wraps, fits the type. */
  static boolean isSourceFor(Object self, Object target, Class<?> type) throws SQLException {
    return type.isInstance(self)
        || type.isInstance(target)
        || (target instanceof Wrapper wrapper && wrapper.isWrapperFor(type));
  }

  /** A source of connections, the one it wraps, or what that one wraps. */
  static <T> T unwrapSource(Object self, Object target, Class<T> type) throws SQLException {
    if (type.isInstance(self)) {
      return type.cast(self);
    }
    if (type.isInstance(target)) {
      return type.cast(target);
    }
    if (target instanceof Wrapper wrapper) {
      return unwrapped(wrapper, type);
    }
    throw new SQLException(target.getClass().getName() + " does not wrap " + type.getName() + ".");
  }
}
