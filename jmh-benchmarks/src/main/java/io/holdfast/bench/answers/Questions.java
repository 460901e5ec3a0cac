package io.holdfast.bench.answers;

import java.util.List;

/** Questions, each in two wordings: the same ones at each run. */
final class Questions {

  /** How many are stored. */
  static final int COUNT = 2_000;

  private static final List<String> THINGS = List.of(
      "invoices", "bicycles", "tickets", "printers", "sandwiches", "lamps", "books", "engines");
  private static final List<String> CITIES = List.of(
      "Oslo", "Lima", "Cairo", "Boston", "Kyoto", "Lagos", "Madrid", "Perth", "Quito", "Zagreb");

  private static final List<List<String>> WORDINGS = List.of(
      List.of(
          "How many %1$s were sold in %2$s in %3$d?",
          "What number of %1$s was sold in %2$s in %3$d?"),
      List.of(
          "Which customers in %2$s returned %1$s in %3$d?",
          "Who sent %1$s back from %2$s in %3$d?"),
      List.of(
          "What did the %1$s of the %2$s branch cost in %3$d?",
          "How much was paid for %1$s by the %2$s branch in %3$d?"),
      List.of(
          "Who repaired the most %1$s in %2$s during %3$d?",
          "Whose repairs of %1$s in %2$s were the most in %3$d?"),
      List.of(
          "List the suppliers of %1$s near %2$s since %3$d.",
          "Show who has supplied %1$s around %2$s since %3$d."));

  private Questions() {}

  /** One of them as it was stored. */
  static String stored(int number) {
    return worded(number, 0);
  }

  /** The same in other words; from {@link #COUNT} on questions that are not stored, about other years. */
  static String asked(int number) {
    return worded(number, 1);
  }

  private static String worded(int number, int wording) {
    int rest = number;
    List<String> both = WORDINGS.get(rest % WORDINGS.size());
    rest /= WORDINGS.size();
    String thing = THINGS.get(rest % THINGS.size());
    rest /= THINGS.size();
    String city = CITIES.get(rest % CITIES.size());
    return both.get(wording).formatted(thing, city, 2_000 + rest / CITIES.size());
  }
}
