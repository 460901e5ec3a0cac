package io.holdfast.bench;

import java.util.Random;

/** What the benchmarks store: numbered keys, and random values of a length. */
public final class Entries {

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
}
