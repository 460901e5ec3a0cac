package io.holdfast.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The canonical text of a {@link DatabaseIdentity}. */
final class DatabaseIdentityText {

  private DatabaseIdentityText() {}

  static String id(DatabaseIdentity identity) {
    var canonical = new StringBuilder();
    for (String part : List.of(
        identity.dialect().name(),
        identity.host(),
        Integer.toString(identity.port()),
        identity.database(),
        identity.schemaFilter(),
        identity.user(),
        identity.serverId())) {
      // Length first, or ("a", "bc") and ("ab", "c") would be the same text.
      canonical.append(part.length()).append(':').append(part);
    }
    String lastSegment = identity.database().substring(identity.database().lastIndexOf('/') + 1);
    return identity.dialect().name().toLowerCase(Locale.ROOT)
        + ":"
        + lastSegment.replaceAll("[^A-Za-z0-9_.-]", "_")
        + ":"
        + sha256(canonical.toString()).substring(0, 16);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
