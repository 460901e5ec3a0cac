package io.holdfast.response;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What the cache holds for one key: the answer as text and what is worth knowing about the call that
 * made it. Immutable; {@link ResponseText} writes it for people to read.
 *
 * @param formatVersion version of this envelope; an unknown one is a miss
 * @param codec {@link ResponseCodec#format()} of the codec that wrote the payload; another one is a
 *     miss
 * @param payload the answer
 * @param payloadCrc32c CRC-32C of the UTF-8 bytes of the payload, and of {@code chunks} after it
 * @param createdAtMillis when the answer was there, Unix milliseconds
 * @param expiresAtMillis from when on it is not served any more, Unix milliseconds; {@link
 *     Long#MAX_VALUE} means never. The cache's own expiry policy is the upper bound
 * @param computeMillis how long the call took
 * @param cost what the call cost, or null if nobody said
 * @param chunks the pieces in which a streamed answer came: {@code length@millis} of each, and their texts
 *     after a line feed unless these are the payload; null if it was not streamed
 * @param usage the tokens that the call used, or null if nobody said
 * @param question what was asked, for people who look and for whom asks the same in other words; null unless
 *     {@link ResponseCacheBuilder#keepQuestions} or {@link ResponseCacheBuilder#semantic}
 * @param meaning where the question stands among others; null unless {@link ResponseCacheBuilder#semantic}
 */
public record CachedResponse(
    int formatVersion,
    String codec,
    String payload,
    long payloadCrc32c,
    long createdAtMillis,
    long expiresAtMillis,
    long computeMillis,
    @Nullable Cost cost,
    @Nullable String chunks,
    @Nullable Usage usage,
    @Nullable String question,
    @Nullable Meaning meaning)
    implements Serializable {

  /** The version that this release writes, and the only one it reads. */
  public static final int FORMAT_VERSION = 1;

  private static final long serialVersionUID = 1L;

  /** A response that was not streamed. */
  public CachedResponse(
      int formatVersion,
      String codec,
      String payload,
      long payloadCrc32c,
      long createdAtMillis,
      long expiresAtMillis,
      long computeMillis,
      @Nullable Cost cost) {
    this(
        formatVersion,
        codec,
        payload,
        payloadCrc32c,
        createdAtMillis,
        expiresAtMillis,
        computeMillis,
        cost,
        null,
        null,
        null,
        null);
  }

  /** A response of the current version that was not streamed, with its checksum. */
  public static CachedResponse of(
      String codec,
      String payload,
      long createdAtMillis,
      long expiresAtMillis,
      long computeMillis,
      @Nullable Cost cost) {
    return of(
        codec,
        payload,
        createdAtMillis,
        expiresAtMillis,
        computeMillis,
        cost,
        null,
        null,
        null,
        null);
  }

  /** A response of the current version, with its checksum. */
  static CachedResponse of(
      String codec,
      String payload,
      long createdAtMillis,
      long expiresAtMillis,
      long computeMillis,
      @Nullable Cost cost,
      @Nullable String chunks,
      @Nullable Usage usage,
      @Nullable String question,
      @Nullable Meaning meaning) {
    return new CachedResponse(
        FORMAT_VERSION,
        codec,
        payload,
        crc32c(payload, chunks),
        createdAtMillis,
        expiresAtMillis,
        computeMillis,
        cost,
        chunks,
        usage,
        question,
        meaning);
  }

  /** Whether the payload is what was stored: known version, right checksum. */
  public boolean isIntact() {
    return formatVersion == FORMAT_VERSION && payloadCrc32c == crc32c(payload, chunks);
  }

  /** Whether it may still be served. */
  public boolean isExpired(long nowMillis) {
    return nowMillis >= expiresAtMillis;
  }

  /** Says everything but the payload, which is nobody's business in a log. */
  @Override
  public String toString() {
    return "CachedResponse[v" + formatVersion + ", " + codec + ", " + payload.length()
        + " characters, createdAtMillis=" + createdAtMillis + ", computeMillis=" + computeMillis
        + "]";
  }

  private static long crc32c(String payload, @Nullable String chunks) {
    var crc = new CRC32C();
    crc.update(payload.getBytes(StandardCharsets.UTF_8));
    if (chunks != null) {
      crc.update(chunks.getBytes(StandardCharsets.UTF_8));
    }
    return crc.getValue();
  }
}
