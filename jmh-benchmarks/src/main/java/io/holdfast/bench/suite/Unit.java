package io.holdfast.bench.suite;

import java.util.Locale;

/** Of an {@link Amount}. */
enum Unit {
  TIMES {
    @Override
    String text(double amount) {
      return String.format(Locale.ROOT, amount < 100 ? "%.2f x" : "%,.0f x", amount);
    }
  },
  NANOS {
    @Override
    String text(double amount) {
      if (Math.abs(amount) < 1e3) {
        return String.format(Locale.ROOT, "%.0f ns", amount);
      }
      return Math.abs(amount) < 1e6
          ? String.format(Locale.ROOT, "%.2f µs", amount / 1e3)
          : String.format(Locale.ROOT, "%.1f ms", amount / 1e6);
    }
  },
  BYTES {
    @Override
    String text(double amount) {
      return String.format(Locale.ROOT, "%,.1f B", amount);
    }
  };

  abstract String text(double amount);
}
