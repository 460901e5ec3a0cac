package io.holdfast.docs.cli;

import io.holdfast.store.StoredEntry;
import java.time.Duration;

/** Times as people say them. */
final class Ages {

  private Ages() {}

  static String ago(long atMillis) {
    return since(atMillis) + " ago";
  }

  static String since(long atMillis) {
    return text(System.currentTimeMillis() - atMillis);
  }

  static String until(long atMillis) {
    if (atMillis == StoredEntry.NEVER) {
      return "never";
    }
    long left = atMillis - System.currentTimeMillis();
    return left <= 0 ? "expired" : "in " + text(left);
  }

  /** Two units at most: {@code 3 d 4 h}. */
  static String text(long millis) {
    Duration time = Duration.ofMillis(Math.max(0, millis));
    if (time.toDays() > 0) {
      return time.toDays() + " d " + time.toHoursPart() + " h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toSeconds() + " s";
  }
}
