package io.holdfast.jmx.console;

import java.util.List;

/**
 * What the bean of a watched database says at one moment.
 *
 * @param numbers its counters
 * @param fingerprint the short fingerprint over all tables, empty before the first reading
 * @param recent its last drifts, newest first
 */
record DatabaseState(Numbers numbers, String fingerprint, List<Drift> recent) {

  DatabaseState {
    recent = List.copyOf(recent);
  }

  /** How well the structure is known now, in one line. */
  String knowledge() {
    double boundMillis = numbers.get("StalenessBoundMillis");
    String bound = boundMillis >= 0
        ? "others' changes are seen within " + Unit.MICROS.format(boundMillis * 1000)
        : "others' changes are seen at no certain time";
    return bound + "; in doubt: " + count("TablesInDoubt") + " of " + count("TablesWatched")
        + " tables; blind spots: " + count("BlindSpotCount") + " connections, "
        + count("HiddenDdlSuspectedCount") + " statements";
  }

  private String count(String attribute) {
    double number = numbers.get(attribute);
    return Double.isNaN(number) ? "–" : Long.toString((long) number);
  }
}
