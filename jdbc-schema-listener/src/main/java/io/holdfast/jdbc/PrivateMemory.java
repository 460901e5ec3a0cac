package io.holdfast.jdbc;

import java.util.Locale;

/** In-memory databases that only the connection that made them can see. */
final class PrivateMemory {

  private PrivateMemory() {}

  /** Whether a second connection to this URL would open another, empty database. */
  static boolean isNamedBy(String targetUrl) {
    String url = targetUrl.toLowerCase(Locale.ROOT);
    if (url.startsWith("jdbc:h2:mem:")) {
      String name = url.substring("jdbc:h2:mem:".length());
      return name.isEmpty() || name.startsWith(";");
    }
    if (!url.startsWith("jdbc:sqlite:")) {
      return false;
    }
    String file = url.substring("jdbc:sqlite:".length());
    boolean inMemory = file.isEmpty()
        || file.startsWith("?")
        || file.startsWith(":memory:")
        || file.startsWith("file::memory:")
        || file.contains("mode=memory");
    return inMemory && !file.contains("cache=shared");
  }
}
