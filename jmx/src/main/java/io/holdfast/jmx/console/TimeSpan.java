package io.holdfast.jmx.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The horizontal axis: a stretch of time that ends now.
 *
 * @param fromMillis Unix time at the left edge
 * @param toMillis Unix time at the right edge
 */
record TimeSpan(long fromMillis, long toMillis) {

  private static final long MIN_MILLIS = 60_000;
  private static final long[] STEPS_MILLIS = {
    10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_200_000, 1_800_000, 3_600_000
  };

  /**
   * All that was seen, a minute at least and a window at most, so that the first samples do not hide in
   * a corner.
   */
  static TimeSpan of(long firstMillis, long nowMillis, long windowMillis) {
    long seen = firstMillis == 0 ? 0 : nowMillis - firstMillis;
    long span = Math.min(windowMillis, Math.max(MIN_MILLIS, seen));
    return new TimeSpan(nowMillis - span, nowMillis);
  }

  /** 0 at the left edge, 1 at the right one, beyond them outside. */
  double positionOf(long atMillis) {
    return (atMillis - fromMillis) / (double) (toMillis - fromMillis);
  }

  long timeAt(double position) {
    return fromMillis + Math.round(position * (toMillis - fromMillis));
  }

  /** Round times in the stretch, at most so many. */
  List<Long> ticks(int most) {
    long step = STEPS_MILLIS[STEPS_MILLIS.length - 1];
    for (int i = STEPS_MILLIS.length - 1; i >= 0; i--) {
      if ((toMillis - fromMillis) / STEPS_MILLIS[i] <= most) {
        step = STEPS_MILLIS[i];
      }
    }
    var ticks = new ArrayList<Long>();
    for (long at = Math.floorDiv(fromMillis, step) * step + step; at <= toMillis; at += step) {
      ticks.add(at);
    }
    return ticks;
  }

  /** The time of day, with seconds where the stretch is short. */
  String label(long atMillis, ZoneId zone) {
    return time(atMillis, zone, toMillis - fromMillis < 300_000 ? "HH:mm:ss" : "HH:mm");
  }

  static String time(long atMillis, ZoneId zone, String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .format(Instant.ofEpochMilli(atMillis).atZone(zone));
  }
}
