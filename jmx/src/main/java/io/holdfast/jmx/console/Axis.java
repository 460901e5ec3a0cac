package io.holdfast.jmx.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The vertical axis of a chart: where a value stands, and which values are written beside it.
 *
 * @param ticks from the bottom up; the last one is the top
 * @param position 0 at the bottom, 1 at the top
 */
record Axis(List<Tick> ticks, DoubleUnaryOperator position) {

  /** A grid line and its text. */
  record Tick(double value, String label) {}

  Axis {
    ticks = List.copyOf(ticks);
  }

  /** From 0 to the first multiple of the step that is not below max. */
  static Axis linear(double max, double step, Unit unit) {
    var ticks = new ArrayList<Tick>();
    int steps = (int) Math.ceil(max / step - 1e-9);
    for (int i = 0; i <= steps; i++) {
      ticks.add(new Tick(i * step, unit.format(i * step)));
    }
    double top = steps * step;
    return new Axis(ticks, value -> value / top);
  }

  /** Powers of ten, from one to the first that is not below max. */
  static Axis decades(double min, double max, Unit unit) {
    var ticks = new ArrayList<Tick>();
    double value = min;
    ticks.add(new Tick(value, unit.format(value)));
    while (value < max) {
      value *= 10;
      ticks.add(new Tick(value, unit.format(value)));
    }
    double decades = ticks.size() - 1;
    return new Axis(ticks, some -> Math.log10(some / min) / decades);
  }

  /** Where a value stands, from 0 at the bottom to 1 at the top; values outside stand at the edge. */
  double positionOf(double value) {
    return Math.max(0, Math.min(1, position.applyAsDouble(value)));
  }

  /** The first of 1, 2 and 5 times a power of ten, or of the powers of two, that is not below this. */
  static double roundStep(double atLeast, int base) {
    if (base == 2) {
      return Math.pow(2, Math.ceil(Math.log(atLeast) / Math.log(2) - 1e-9));
    }
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= atLeast - 1e-9) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
