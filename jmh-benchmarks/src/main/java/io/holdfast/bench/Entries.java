package io.holdfast.bench;

import java.util.Arrays;
import java.util.Random;

/** What the benchmarks store: numbered keys, and random values of a length. */
public final class Entries {
  // A prime: whoever goes through keys in a circle meets each with another value the next time.
  private static final int VALUES = 61;

  private Entries() {}

  /** Of the length of a telling key. */
  public static String key(int number) {
    return "customer/documents/summary/%012d".formatted(number);
  }

  /** Small letters, so many bytes in the file as characters. */
  public static String value(Random random, int valueBytes) {
    var text = new StringBuilder(valueBytes);
    while (text.length() < valueBytes) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  /**
   * Some of them, to take turns with in puts: SQLite writes no page for a row that already holds what is
   * put, so a put of one value for ever is soon measured as a transaction that changes nothing.
   */
  public static String[] values(Random random, int valueBytes) {
    var values = new String[VALUES];
    Arrays.setAll(values, i -> value(random, valueBytes));
    return values;
  }
}
