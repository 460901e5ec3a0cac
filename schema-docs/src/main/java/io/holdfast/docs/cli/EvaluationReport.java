package io.holdfast.docs.cli;

import io.holdfast.semantic.calibrate.Decision;
import io.holdfast.semantic.calibrate.Decision.Refuse;
import io.holdfast.semantic.calibrate.Decision.Serve;
import io.holdfast.semantic.evaluate.Counts;
import io.holdfast.semantic.evaluate.Counts.Share;
import io.holdfast.semantic.evaluate.Evaluation;
import io.holdfast.semantic.evaluate.Evaluation.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found, for people and for machines.
 *
 * @param evidence what the decisions rest on: {@code shipped}, or the name of a file
 * @param decision at the promise that was asked for
 * @param others at the promises of {@link #OTHER_RATES}
 */
record EvaluationReport(
    Evaluation evaluation, String evidence, Decision decision, List<Decision> others) {
  static final List<Double> OTHER_RATES = List.of(0.01, 0.02, 0.05);
  private static final List<Double> PRECISIONS = List.of(0.90, 0.95, 0.99);
  private static final double USUAL_COSINE = 0.92;
  private static final double LOW_COSINE = 0.80;
  private static final int CURVE_POINTS = 200;

  private Map<String, Counts> baselines() {
    Map<String, Counts> counts = new LinkedHashMap<>();
    counts.put("cosine 0.92", evaluation.cosine(USUAL_COSINE));
    counts.put("cosine 0.92 + guards", evaluation.guarded(USUAL_COSINE));
    counts.put("cosine 0.80 + guards", evaluation.guarded(LOW_COSINE));
    return counts;
  }

  String text() {
    Counts all = evaluation.verified(decision);
    TextTable table = new TextTable(
        "rule", ">served", "precision", "recall", ">wrongly served", "negatives served");
    baselines().forEach((name, counts) -> row(table, name, counts));
    row(table, "verifier, " + promise(decision), all);
    for (Decision other : others) {
      if (other.maxFalseHitRate() != decision.maxFalseHitRate()) {
        row(table, "verifier, " + promise(other), evaluation.verified(other));
      }
    }
    StringBuilder text = new StringBuilder();
    text.append(all.positives() + all.negatives())
        .append(" pairs: ")
        .append(all.positives())
        .append(" should match, ")
        .append(all.negatives())
        .append(" should not. Intervals: 95 %, exact.\n\n")
        .append(table.render())
        .append('\n')
        .append(sentence(decision))
        .append('\n');
    text.append("Best case, the cut chosen on these very labels: ");
    List<Point> curve = evaluation.verifierCurve();
    for (double precision : PRECISIONS) {
      text.append(String.format(
          Locale.ROOT,
          "recall %.3f at precision %.2f%s",
          Evaluation.recallAtPrecision(curve, precision),
          precision,
          precision == 0.99 ? "." : ", "));
    }
    return text.toString();
  }

  private static void row(TextTable table, String name, Counts counts) {
    table.row(
        name,
        Long.toString(counts.served()),
        share(counts.precision()),
        share(counts.recall()),
        Long.toString(counts.servedNegatives()),
        share(counts.negativesServed()));
  }

  private static String share(Share share) {
    return Double.isNaN(share.value())
        ? "-"
        : String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", share.value(), share.low(), share.high());
  }

  private static String promise(Decision decision) {
    String rate = String.format(Locale.ROOT, "wrong <= %s %%", percent(decision.maxFalseHitRate()));
    return decision instanceof Refuse ? rate + ": refuses" : rate;
  }

  private static String percent(double share) {
    String digits = String.format(Locale.ROOT, "%.3f", share * 100);
    return digits.replaceAll("\\.?0+$", "");
  }

  private String sentence(Decision made) {
    String from = "shipped".equals(evidence)
        ? "the evidence that ships with the verifier (questions about databases, and requests made from templates)"
        : evidence;
    if (made instanceof Serve serve) {
      return String.format(
          Locale.ROOT,
          "Operating point: score >= %.3f, from %s: %d of %d pairs served there, %d of them wrong,%n"
              + "so at most %s %% of the answers are wrong, at %s %% confidence, for traffic like that evidence.",
          serve.threshold(),
          from,
          serve.served(),
          serve.evidence(),
          serve.wrong(),
          percent(serve.upperBound()),
          percent(serve.confidence()));
    }
    Refuse refuse = (Refuse) made;
    return String.format(
        Locale.ROOT,
        "Refused, nothing is served: %s does not prove at %s %% confidence that at most %s %% are wrong%n"
            + "(at least %d pairs served with none wrong are needed; %d of the surest were tested, %d wrong).",
        from,
        percent(refuse.confidence()),
        percent(refuse.maxFalseHitRate()),
        refuse.needed(),
        refuse.tested(),
        refuse.wrong());
  }

  Map<String, Object> facts() {
    Counts all = evaluation.verified(decision);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("pairs", all.positives() + all.negatives());
    facts.put("positives", all.positives());
    facts.put("negatives", all.negatives());
    facts.put("cosine092", counts(evaluation.cosine(USUAL_COSINE)));
    facts.put("guards092", counts(evaluation.guarded(USUAL_COSINE)));
    facts.put("guards080", counts(evaluation.guarded(LOW_COSINE)));
    facts.put("verifier", point(decision));
    facts.put("evidence", evidence);
    facts.put("otherPoints", others.stream().map(this::point).toList());
    List<Point> curve = evaluation.verifierCurve();
    Map<String, Object> best = new LinkedHashMap<>();
    PRECISIONS.forEach(precision -> best.put(
        String.format(Locale.ROOT, "%.2f", precision),
        Evaluation.recallAtPrecision(curve, precision)));
    facts.put("bestRecallAtPrecision", best);
    facts.put("curve", curve(curve));
    return facts;
  }

  private Map<String, Object> point(Decision made) {
    Map<String, Object> facts = new LinkedHashMap<>(counts(evaluation.verified(made)));
    Map<String, Object> calibration = new LinkedHashMap<>();
    calibration.put("maxFalseHitRate", made.maxFalseHitRate());
    calibration.put("confidence", made.confidence());
    calibration.put("evidencePairs", made.evidence());
    calibration.put("refused", made instanceof Refuse);
    if (made instanceof Serve serve) {
      calibration.put("threshold", serve.threshold());
      calibration.put("servedOfEvidence", serve.served());
      calibration.put("wrongOfEvidence", serve.wrong());
      calibration.put("upperBound", serve.upperBound());
    } else if (made instanceof Refuse refuse) {
      calibration.put("needed", refuse.needed());
      calibration.put("tested", refuse.tested());
      calibration.put("wrongOfTested", refuse.wrong());
    }
    facts.put("calibration", calibration);
    return facts;
  }

  private static Map<String, Object> counts(Counts counts) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("served", counts.served());
    facts.put("servedPositives", counts.servedPositives());
    facts.put("servedNegatives", counts.servedNegatives());
    share(facts, "precision", counts.precision());
    share(facts, "recall", counts.recall());
    share(facts, "negativesServed", counts.negativesServed());
    return facts;
  }

  private static void share(Map<String, Object> facts, String name, Share share) {
    @Nullable Double value = Double.isNaN(share.value()) ? null : (Double) share.value();
    facts.put(name, value);
    facts.put(name + "Interval", List.of(share.low(), share.high()));
  }

  /** Thinned out evenly. */
  private static List<List<Double>> curve(List<Point> points) {
    List<List<Double>> kept = new ArrayList<>();
    int step = Math.max(1, points.size() / CURVE_POINTS);
    for (int i = 0; i < points.size(); i += step) {
      kept.add(List.of(
          points.get(i).recall(), points.get(i).precision(), points.get(i).threshold()));
    }
    return kept;
  }
}
