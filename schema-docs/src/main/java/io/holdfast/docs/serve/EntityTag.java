package io.holdfast.docs.serve;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Strong entity tags: another byte, another tag. */
final class EntityTag {
  private static final int DIGEST_BYTES = 8;

  private EntityTag() {}

  static String of(byte[] body) {
    return "\"" + digest(body) + "\"";
  }

  /** With something readable before the digest. */
  static String of(String prefix, byte[] body) {
    return "\"" + prefix + "-" + digest(body) + "\"";
  }

  private static String digest(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
