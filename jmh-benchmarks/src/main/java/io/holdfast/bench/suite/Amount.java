package io.holdfast.bench.suite;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** A number made of figures of one run. */
sealed interface Amount {

  /** Those it is made of, in the order in which they are best measured. */
  List<Figure> figures();

  double of(ToDoubleFunction<Figure> measured);

  /** A figure itself. */
  record Plain(Figure figure) implements Amount {
    @Override
    public List<Figure> figures() {
      return List.of(figure);
    }

    @Override
    public double of(ToDoubleFunction<Figure> measured) {
      return measured.applyAsDouble(figure);
    }
  }

  /** How many times the second the first is. */
  record Ratio(Figure figure, Figure to) implements Amount {
    @Override
    public List<Figure> figures() {
      return List.of(to, figure);
    }

    @Override
    public double of(ToDoubleFunction<Figure> measured) {
      return measured.applyAsDouble(figure) / measured.applyAsDouble(to);
    }
  }

  /**
   * How much more than the second the first is.
   *
   * @param units among which the difference is shared, the rows of a result for instance
   */
  record Difference(Figure figure, Figure to, int units) implements Amount {
    @Override
    public List<Figure> figures() {
      return List.of(to, figure);
    }

    @Override
    public double of(ToDoubleFunction<Figure> measured) {
      return (measured.applyAsDouble(figure) - measured.applyAsDouble(to)) / units;
    }
  }
}
