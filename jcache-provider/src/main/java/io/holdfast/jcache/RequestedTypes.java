package io.holdfast.jcache;

/** Types that somebody asks for must be those that a cache was configured with. */
final class RequestedTypes {
  private RequestedTypes() {}

  /**
   * Checks one of them.
   *
   * @throws ClassCastException if they differ; names both
   */
  static void require(String cacheName, String what, Class<?> configured, Class<?> asked) {
    if (!configured.equals(asked)) {
      throw new ClassCastException("Cache '"
          + cacheName
          + "' has "
          + what
          + " of "
          + configured.getName()
          + ", not of "
          + asked.getName());
    }
  }
}
