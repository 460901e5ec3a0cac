package io.holdfast.docs.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The token that opens what only the administrator may do. Keeps its hash only. */
public final class AdminToken {

  /** Long enough that nobody guesses it. */
  public static final int MIN_CHARS = 16;

  private final byte[] digest;

  /**
   * This token.
   *
   * @throws IllegalArgumentException if it is shorter than {@link #MIN_CHARS}
   */
  public AdminToken(String token) {
    if (token.length() < MIN_CHARS) {
      throw new IllegalArgumentException(
          "an admin token has at least " + MIN_CHARS + " characters");
    }
    this.digest = digest(token);
  }

  /** Takes as long for a wrong one, however much of it is right. */
  boolean matches(String given) {
    return MessageDigest.isEqual(digest, digest(given));
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
