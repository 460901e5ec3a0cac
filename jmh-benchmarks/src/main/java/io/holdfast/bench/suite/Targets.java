package io.holdfast.bench.suite;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Measures what the targets are about, each run once, however many of them want it. */
final class Targets {
  private final Rounds rounds;
  private final Map<Figure.Source, RunResult> results = new LinkedHashMap<>();

  Targets(Rounds rounds) {
    this.rounds = rounds;
  }

  /**
   * A target and what was found.
   *
   * @param amount in the unit of the target
   */
  record Found(Target target, double amount) {
    boolean isMet() {
      return target.isMet(amount);
    }
  }

  /** Measures one. */
  Found measure(Target target) throws RunnerException {
    for (Figure figure : target.amount().figures()) {
      if (!results.containsKey(figure.source())) {
        results.put(figure.source(), run(figure.source()));
      }
    }
    return new Found(target, target.amount().of(this::measured));
  }

  private double measured(Figure figure) {
    @Nullable RunResult result = results.get(figure.source());
    if (result == null) {
      throw new IllegalStateException("not measured: " + figure);
    }
    return figure.metric().of(result);
  }

  private RunResult run(Figure.Source source) throws RunnerException {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    source.parameters().forEach((name, value) -> parameters.put(name, List.of(value)));
    Collection<RunResult> found = (source.hasOwnRounds() ? Rounds.OWN : rounds)
        .run(source.benchmark(), parameters, source.threads());
    if (found.size() != 1) {
      throw new IllegalStateException(source + " is " + found.size() + " runs and not one");
    }
    return found.iterator().next();
  }

  /** What JMH said of all runs. */
  Collection<RunResult> raw() {
    return results.values();
  }

  /** A page with one row for each. */
  static String markdown(String introduction, List<Found> all) {
    var page = new StringBuilder("# What we want of the hot paths\n\n")
        .append(introduction)
        .append("\n\n| | beside | wanted | found | |\n| --- | --- | ---: | ---: | --- |\n");
    for (Found found : all) {
      Target target = found.target();
      page.append("| ")
          .append(String.join(
              " | ",
              target.path(),
              target.beside(),
              target.wording(),
              target.unit().text(found.amount()),
              found.isMet() ? "met" : "**missed**"))
          .append(" |\n");
    }
    return page.toString();
  }
}
