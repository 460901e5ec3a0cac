package io.holdfast.soak;

import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Values that say which write they are from; their bytes follow from that, so a torn one shows. */
final class SoakValue {
  private static final int LONGEST = 24_000;
  private static final String CHARACTERS = characters();

  private SoakValue() {}

  private static String characters() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder(2 * LONGEST);
    for (int i = 0; i < 2 * LONGEST; i++) {
      text.append((char) random.nextInt('0', 'z'));
    }
    return text.toString();
  }

  /** Most are below 200 characters, some of a few thousand, a few larger. */
  static String of(int key, long sequence) {
    SplittableRandom random = new SplittableRandom(key * 1_000_003L + sequence);
    int kind = random.nextInt(100);
    int length = random.nextInt(kind < 80 ? 200 : kind < 98 ? 4_000 : LONGEST);
    int offset = random.nextInt(LONGEST);
    return key + ":" + sequence + ":" + CHARACTERS.substring(offset, offset + length);
  }

  /**
   * The write that a value is from.
   *
   * @param value null if the entry is absent
   * @throws TornValueException if no write of this key put these bytes
   */
  static OptionalLong sequenceOf(int key, String value) {
    if (value == null) {
      return OptionalLong.empty();
    }
    String[] parts = value.split(":", 3);
    try {
      long sequence = Long.parseLong(parts[1]);
      if (value.equals(of(key, sequence))) {
        return OptionalLong.of(sequence);
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new TornValueException(key, e);
    }
    throw new TornValueException(key, null);
  }

  /** Bytes that nobody wrote. */
  static final class TornValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TornValueException(int key, Throwable cause) {
      super("the value of key " + key + " is none that was ever put", cause);
    }
  }
}
