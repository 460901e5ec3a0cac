package io.holdfast.response;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash that stands for a text in a key. */
final class TextHash {

  // 0xff begins no text of UTF-8.
  private static final byte NOT_UTF_8 = (byte) 0xff;

  // A copy of one that has read nothing is cheaper than asking the providers for another.
  private static final MessageDigest FRESH = fresh();

  private TextHash() {}

  /** The hexadecimal SHA-256 of the text; every two texts differ, those with lone surrogates too. */
  static String sha256(String text) {
    return HexFormat.of().formatHex(digest().digest(bytes(text)));
  }

  // An encoder writes every lone surrogate as the same replacement character; such
  // a text is taken by its code units. All others take half as long in UTF-8.
  private static byte[] bytes(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    if (new String(utf8, UTF_8).equals(text)) {
      return utf8;
    }
    ByteBuffer units = ByteBuffer.allocate(1 + text.length() * Character.BYTES);
    units.put(NOT_UTF_8).asCharBuffer().put(text);
    return units.array();
  }

  private static MessageDigest digest() {
    try {
      return (MessageDigest) FRESH.clone();
    } catch (CloneNotSupportedException e) {
      return fresh(); // a provider may do without
    }
  }

  private static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
