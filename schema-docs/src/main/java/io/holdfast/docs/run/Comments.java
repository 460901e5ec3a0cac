package io.holdfast.docs.run;

import io.holdfast.schema.TableStructure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The comments of a table as a short text. They are no structure, so the structure hash leaves them
 * out, but they are on the page and in the prompt, so the key must have them.
 */
final class Comments {

  private Comments() {}

  static String fingerprint(TableStructure table) {
    var all = new StringBuilder();
    append(all, table.comment());
    table.columns().forEach(column -> append(all, column.comment()));
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256")
          .digest(all.toString().getBytes(StandardCharsets.UTF_8));
      return "comments=" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  // Length first, so that a comment cannot look like two.
  private static void append(StringBuilder all, @Nullable String comment) {
    all.append(comment == null ? "-" : comment.length() + ":" + comment).append('\n');
  }
}
