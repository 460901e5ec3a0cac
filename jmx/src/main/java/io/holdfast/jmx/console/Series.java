package io.holdfast.jmx.console;

/**
 * A figure over time: its newest samples, in order of time, in a ring. {@link Double#NaN} says that
 * there was nothing to measure, and interrupts a line.
 */
final class Series {

  /** Two hours at JConsole's interval of four seconds. */
  static final int CAPACITY = 1800;

  private final long[] timesMillis;
  private final double[] values;
  private int oldest;
  private int size;

  Series() {
    this(CAPACITY);
  }

  Series(int capacity) {
    this.timesMillis = new long[capacity];
    this.values = new double[capacity];
  }

  /** Adds a sample; the oldest goes when there is no room. A time before the last one is ignored. */
  void add(long atMillis, double value) {
    if (size > 0 && atMillis < timeMillis(size - 1)) {
      return;
    }
    int next = (oldest + size) % values.length;
    timesMillis[next] = atMillis;
    values[next] = value;
    if (size < values.length) {
      size++;
    } else {
      oldest = (oldest + 1) % values.length;
    }
  }

  int size() {
    return size;
  }

  /** The time of a sample, the oldest being number 0. */
  long timeMillis(int index) {
    return timesMillis[slot(index)];
  }

  double value(int index) {
    return values[slot(index)];
  }

  private int slot(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("sample " + index + " of " + size);
    }
    return (oldest + index) % values.length;
  }

  /** The newest value, NaN if there is none. */
  double last() {
    return size == 0 ? Double.NaN : value(size - 1);
  }

  /** The value of the sample nearest to this time, NaN if there is none. */
  double near(long atMillis) {
    int found = firstFrom(atMillis);
    if (found == size) {
      return last();
    }
    if (found > 0 && atMillis - timeMillis(found - 1) < timeMillis(found) - atMillis) {
      found--;
    }
    return value(found);
  }

  /** The first sample at this time or later; {@link #size()} if there is none. */
  int firstFrom(long atMillis) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (timeMillis(middle) < atMillis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The largest value from this time on; NaN if nothing was measured. */
  double maxFrom(long atMillis) {
    double max = Double.NaN;
    for (int i = firstFrom(atMillis); i < size; i++) {
      if (Double.isNaN(max) || value(i) > max) {
        max = value(i);
      }
    }
    return max;
  }
}
