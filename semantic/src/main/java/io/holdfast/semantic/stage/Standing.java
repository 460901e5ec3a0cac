package io.holdfast.semantic.stage;

/**
 * Where a scope stands after looking at its evidence.
 *
 * @param looks how often it was decided whether to serve
 * @param pairs how many there were at the latest look
 * @param threshold the least score that is served; infinite while nothing is
 * @param confidence of the latest look
 */
record Standing(int looks, int pairs, double threshold, double confidence) {

  static final Standing NEW = new Standing(0, 0, Double.POSITIVE_INFINITY, 0);

  boolean isOpen() {
    return threshold < Double.POSITIVE_INFINITY;
  }

  Standing closed() {
    return new Standing(looks, pairs, Double.POSITIVE_INFINITY, confidence);
  }

  String text() {
    return looks + " " + pairs + " " + threshold + " " + confidence;
  }

  /** Closed if it cannot be read. */
  static Standing parse(String text) {
    String[] fields = text.split(" ", -1);
    try {
      if (fields.length == 4) {
        return new Standing(
            Integer.parseInt(fields[0]),
            Integer.parseInt(fields[1]),
            Double.parseDouble(fields[2]),
            Double.parseDouble(fields[3]));
      }
    } catch (NumberFormatException e) {
      // As one of the wrong number of fields.
    }
    return NEW;
  }
}
