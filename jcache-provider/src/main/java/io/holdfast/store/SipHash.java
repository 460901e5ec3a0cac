package io.holdfast.store;

/**
 * SipHash-2-4: a keyed 64-bit hash whose collisions cannot be crafted without the key. Equal on every
 * JVM, which {@link Object#hashCode} is not.
 *
 * @param key0 the lower half of the 128-bit key
 * @param key1 the upper half
 * @see <a href="https://www.aumasson.jp/siphash/siphash.pdf">Aumasson and Bernstein, SipHash</a>
 */
record SipHash(long key0, long key1) {

  /** Hashes a tag byte followed by the bytes, so that equal bytes of two kinds differ. */
  long hash(byte tag, byte[] bytes) {
    Rounds rounds = new Rounds(key0, key1);
    long word = tag & 0xffL;
    int filled = 1;
    for (byte next : bytes) {
      word |= (next & 0xffL) << (filled * 8);
      filled++;
      if (filled == Long.BYTES) {
        rounds.absorb(word);
        word = 0;
        filled = 0;
      }
    }
    return rounds.finish(word | ((long) (bytes.length + 1) << 56));
  }

  /** The four words of state. */
  private static final class Rounds {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    Rounds(long key0, long key1) {
      v0 = key0 ^ 0x736f6d6570736575L;
      v1 = key1 ^ 0x646f72616e646f6dL;
      v2 = key0 ^ 0x6c7967656e657261L;
      v3 = key1 ^ 0x7465646279746573L;
    }

    void absorb(long word) {
      v3 ^= word;
      round();
      round();
      v0 ^= word;
    }

    long finish(long lastWord) {
      absorb(lastWord);
      v2 ^= 0xff;
      for (int i = 0; i < 4; i++) {
        round();
      }
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
