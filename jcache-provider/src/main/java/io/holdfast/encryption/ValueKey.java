package io.holdfast.encryption;

import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * An AES key of 256 bits and the name it goes by.
 *
 * @param id stands beside each value that was encrypted with the key, for everybody to read: 1 to 32
 *     letters, digits, dots, dashes and underscores. The same id must never name two keys
 * @param key for AES
 */
public record ValueKey(String id, SecretKey key) {

  /** Shorter than a key in Base64, so that a key in the place of an id is refused. */
  static final int MAX_ID_CHARS = 32;

  static final int KEY_BYTES = 32;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_ID_CHARS + "}");

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if the id has other characters or more, or the key is not one of 256
   *     bits for AES; says neither
   */
  public ValueKey {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("The id of a key is 1 to " + MAX_ID_CHARS
          + " letters, digits, dots, dashes and underscores");
    }
    byte[] encoded = key.getEncoded(); // null where the key never leaves a device
    boolean hasLength = encoded == null || encoded.length == KEY_BYTES;
    if (encoded != null) {
      java.util.Arrays.fill(encoded, (byte) 0);
    }
    if (!hasLength || !key.getAlgorithm().equalsIgnoreCase("AES")) {
      throw new IllegalArgumentException("Values are encrypted with AES keys of 256 bits");
    }
  }

  /** From the bytes of the key, which are copied. */
  public static ValueKey of(String id, byte[] keyBytes) {
    return new ValueKey(id, new SecretKeySpec(keyBytes, "AES"));
  }

  /** Tells nothing. */
  @Override
  public String toString() {
    return "ValueKey";
  }
}
