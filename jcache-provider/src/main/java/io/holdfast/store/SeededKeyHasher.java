package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Hashes keys with the seed that the file keeps. */
final class SeededKeyHasher implements KeyHasher {
  private static final byte TEXT = 1;
  private static final byte WHOLE = 2;
  private static final byte REAL = 3;
  private static final byte BLOB = 4;
  private static final byte OPAQUE = 5;

  private final SipHash sipHash;

  SeededKeyHasher(SipHash sipHash) {
    this.sipHash = sipHash;
  }

  @Override
  public long hash(StoredKey key) {
    if (key instanceof StoredKey.Opaque opaque) {
      return hashWord(OPAQUE, opaque.hash());
    }
    Cell column = key.column();
    if (column instanceof Cell.Text text) {
      return sipHash.hash(TEXT, text.value().getBytes(UTF_8));
    }
    if (column instanceof Cell.Whole whole) {
      return hashWord(WHOLE, whole.value());
    }
    if (column instanceof Cell.Real real) {
      return hashWord(REAL, Double.doubleToLongBits(real.value()));
    }
    return sipHash.hash(BLOB, ((Cell.Blob) column).value());
  }

  private long hashWord(byte tag, long word) {
    return sipHash.hash(tag, ByteBuffer.allocate(Long.BYTES).putLong(word).array());
  }
}
