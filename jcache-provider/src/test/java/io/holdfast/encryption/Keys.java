package io.holdfast.encryption;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Keys for tests. */
public final class Keys {

  private Keys() {}

  /** The key of this id: its bytes follow from the filling. */
  public static ValueKey key(String id, int filling) {
    return ValueKey.of(id, bytes(filling));
  }

  /** A line of a key file for the same key. */
  public static String line(String id, int filling) {
    return id + ":" + base64(filling) + "\n";
  }

  static String base64(int filling) {
    return new String(Base64.getEncoder().encode(bytes(filling)), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(int filling) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filling);
    return bytes;
  }
}
