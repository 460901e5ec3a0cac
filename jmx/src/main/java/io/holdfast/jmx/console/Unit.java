package io.holdfast.jmx.console;

import java.util.Locale;

/** What a chart's numbers mean, hence how they are written and where its grid lines stand. */
enum Unit {
  PERCENT {
    @Override
    String format(double value) {
      return String.format(
          Locale.ROOT, value >= 99.95 || value == Math.rint(value) ? "%.0f %%" : "%.1f %%", value);
    }

    @Override
    Axis axis(double max) {
      return Axis.linear(100, 25, this);
    }
  },

  PER_SECOND {
    @Override
    String format(double value) {
      if (value >= 1_000_000) {
        return String.format(Locale.ROOT, "%.1f M/s", value / 1_000_000);
      }
      if (value >= 10_000) {
        return String.format(Locale.ROOT, "%.0f k/s", value / 1000);
      }
      return String.format(Locale.ROOT, value >= 10 || value == 0 ? "%.0f /s" : "%.1f /s", value);
    }

    @Override
    Axis axis(double max) {
      return Axis.linear(Math.max(max, 4), Axis.roundStep(Math.max(max, 4) / 4, 10), this);
    }
  },

  BYTES {
    @Override
    String format(double value) {
      String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
      int power = 0;
      double scaled = value;
      while (scaled >= 1024 && power < units.length - 1) {
        scaled /= 1024;
        power++;
      }
      boolean whole = scaled >= 100 || scaled == Math.rint(scaled);
      return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", scaled, units[power]);
    }

    @Override
    Axis axis(double max) {
      double top = Math.max(max, 4096);
      return Axis.linear(top, Axis.roundStep(top / 4, 2), this);
    }
  },

  MICROS {
    @Override
    String format(double value) {
      if (value >= 1_000_000) {
        return String.format(Locale.ROOT, "%.1f s", value / 1_000_000);
      }
      if (value >= 1000) {
        return String.format(Locale.ROOT, value >= 10_000 ? "%.0f ms" : "%.1f ms", value / 1000);
      }
      return String.format(Locale.ROOT, value >= 10 ? "%.0f µs" : "%.1f µs", value);
    }

    /** By powers of ten: a read and a commit lie a thousandfold apart. */
    @Override
    Axis axis(double max) {
      return Axis.decades(1, Math.max(max, 1000), this);
    }
  };

  /** The value with its unit, short. */
  abstract String format(double value);

  /** An axis from the bottom of the chart to at least this value. */
  abstract Axis axis(double max);
}
