package io.holdfast.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.store.Cell;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of an encrypted cell are: {@code 01}, the length of the key's id, the id, the nonce, then
 * ciphertext and tag.
 *
 * @param bytes the whole cell
 * @param nonceAt where the nonce begins; what comes before it is the header
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Envelope(byte[] bytes, int nonceAt) {
  static final int TAG_BYTES = 16;

  private static final byte LAYOUT = 1;
  private static final int ID_AT = 2;

  /** An empty one for so much content. */
  static Envelope of(String keyId, int contentBytes) {
    int nonceAt = ID_AT + keyId.length();
    byte[] bytes = new byte[nonceAt + XaesKey.NONCE_BYTES + contentBytes + TAG_BYTES];
    bytes[0] = LAYOUT;
    bytes[1] = (byte) keyId.length();
    System.arraycopy(keyId.getBytes(US_ASCII), 0, bytes, ID_AT, keyId.length());
    return new Envelope(bytes, nonceAt);
  }

  /** What a cell holds, or null if it cannot be an encrypted one. */
  static @Nullable Envelope find(Cell cell) {
    if (!(cell instanceof Cell.Blob blob)) {
      return null;
    }
    byte[] bytes = blob.value();
    if (bytes.length < ID_AT || bytes[0] != LAYOUT) {
      return null;
    }
    int idBytes = bytes[1];
    if (idBytes < 1 || idBytes > ValueKey.MAX_ID_CHARS) {
      return null;
    }
    int nonceAt = ID_AT + idBytes;
    boolean isLongEnough = bytes.length > nonceAt + XaesKey.NONCE_BYTES + TAG_BYTES;
    return isLongEnough ? new Envelope(bytes, nonceAt) : null;
  }

  String keyId() {
    return new String(bytes, ID_AT, nonceAt - ID_AT, US_ASCII);
  }

  int gcmNonceAt() {
    return nonceAt + XaesKey.GCM_NONCE_AT;
  }

  int ciphertextAt() {
    return nonceAt + XaesKey.NONCE_BYTES;
  }

  int ciphertextBytes() {
    return bytes.length - ciphertextAt();
  }
}
