package io.holdfast.jcache;

/** What {@code unwrap} means everywhere in JSR-107. */
final class Unwrapping {
  private Unwrapping() {}

  /**
   * Returns the first candidate that is of this type.
   *
   * @throws IllegalArgumentException if none is
   */
  static <T> T of(Class<T> type, Object... candidates) {
    for (Object candidate : candidates) {
      if (type.isInstance(candidate)) {
        return type.cast(candidate);
      }
    }
    throw new IllegalArgumentException(
        "Cannot unwrap " + candidates[0].getClass().getName() + " to " + type.getName());
  }
}
