package io.holdfast.semantic.verify;

import io.holdfast.semantic.verify.Lexicon.Pole;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.DoubleConsumer;

/** Operations and sides of the lexicon that one question has and the other has not. */
final class AxisFeatures implements FeatureGroup {
  private final List<String> axes;

  AxisFeatures(Lexicon lexicon) {
    this.axes = lexicon.axes();
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(
        List.of("axes-missing", "axes-crossed", "guard-opposed", "any-axis-missing"));
    for (String axis : axes) {
      names.add("opposed-" + axis);
      names.add("missing-" + axis);
    }
    return names;
  }

  @Override
  public void fill(Pair pair, DoubleConsumer values) {
    double[] each = new double[axes.size() * 2];
    int opposed = 0;
    int missing = 0;
    int onlyA = 0;
    int onlyB = 0;
    for (int axis = 0; axis < axes.size(); axis++) {
      BitSet a = sides(pair.a.question, axis);
      BitSet b = sides(pair.b.question, axis);
      if (a.equals(b)) {
        continue;
      }
      if (a.isEmpty() || b.isEmpty() || a.intersects(b)) {
        each[2 * axis + 1] = 1;
        missing++;
        onlyA += b.isEmpty() ? 1 : 0;
        onlyB += a.isEmpty() ? 1 : 0;
      } else {
        each[2 * axis] = 1;
        opposed++;
      }
    }
    values.accept(missing);
    values.accept(Math.min(onlyA, onlyB));
    values.accept(Math.min(1, opposed));
    values.accept(Math.min(1, missing));
    for (double value : each) {
      values.accept(value);
    }
  }

  private static BitSet sides(Question question, int axis) {
    BitSet sides = new BitSet();
    for (Pole pole : question.poles()) {
      if (pole.axis() == axis) {
        sides.set(pole.side());
      }
    }
    return sides;
  }
}
