package io.holdfast.docs.cli;

import io.holdfast.semantic.EmbeddingException;
import io.holdfast.semantic.calibrate.Calibration;
import io.holdfast.semantic.calibrate.Decision;
import io.holdfast.semantic.evaluate.Evaluation;
import io.holdfast.semantic.evaluate.PairScorer;
import io.holdfast.semantic.evaluate.ScoredPair;
import io.holdfast.semantic.minilm.MiniLmEmbedder;
import io.holdfast.semantic.pairs.LabelledPair;
import io.holdfast.semantic.pairs.PairFile;
import io.holdfast.semantic.verify.ShippedEvidence;
import io.holdfast.semantic.verify.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast semantic evaluate}: what cosine similarity, guards and the verifier would have served of labelled pairs. */
@Command(
    name = "evaluate",
    description = {
      "Tells for labelled pairs of questions which share of the repeats would be answered from the cache, and which share of the"
          + " answers would be wrong: for plain cosine similarity, with guards, and for the verifier at a calibrated point.",
      "Files: UTF-8, tab-separated, no quoting, a header line with question1, question2 and should_match (1 or 0)."
    },
    exitCodeOnExecutionException = HoldfastCommand.WRONG)
final class SemanticEvaluateCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      required = true,
      description = "The pairs to be tested.")
  private Path pairs = Path.of("");

  @Option(
      names = "--calibrate",
      paramLabel = "FILE",
      description =
          "Other pairs, of the same kind of traffic, whose labels choose the operating point. Default: the evidence"
              + " that ships with the verifier.")
  private @Nullable Path calibrate;

  @Option(
      names = "--max-false-hit-rate",
      paramLabel = "SHARE",
      description =
          "The largest share of wrong answers among those served. Default: ${DEFAULT-VALUE}.")
  private double maxFalseHitRate = 0.02;

  @Option(
      names = "--confidence",
      paramLabel = "SHARE",
      description = "How sure that bound has to be. Default: ${DEFAULT-VALUE}.")
  private double confidence = 0.95;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(names = "--plot", paramLabel = "FILE", description = "Draw precision over recall as SVG.")
  private @Nullable Path plot;

  @Override
  public Integer call() {
    Calibration wanted = calibration(maxFalseHitRate);
    List<LabelledPair> tested = read(pairs);
    List<LabelledPair> calibrating = calibrate == null ? List.of() : read(calibrate);
    try (MiniLmEmbedder embedder = MiniLmEmbedder.load()) {
      PairScorer scorer = new PairScorer(embedder, Verifier.load(embedder));
      Function<Calibration, Decision> decisions = decisions(scorer, calibrating);
      Evaluation evaluation = new Evaluation(score(scorer, tested, pairs));
      String evidence = calibrate == null ? "shipped" : calibrate.toString();
      EvaluationReport report = new EvaluationReport(
          evaluation,
          evidence,
          decisions.apply(wanted),
          EvaluationReport.OTHER_RATES.stream()
              .map(rate -> decisions.apply(calibration(rate)))
              .toList());
      print(report, evaluation);
      return 0;
    } catch (EmbeddingException e) {
      throw new UserError("The embedding model does not run here: " + e.getMessage() + ".", e);
    }
  }

  private Calibration calibration(double rate) {
    try {
      return Calibration.maxFalseHitRate(rate).confidence(confidence);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--max-false-hit-rate and --confidence must be between 0 and 1.", e);
    }
  }

  private static List<LabelledPair> read(Path file) {
    List<LabelledPair> read;
    try {
      read = PairFile.read(file);
    } catch (IOException e) {
      throw new UserError("Cannot read pairs from " + file + ": " + e.getMessage() + ".", e);
    }
    if (read.isEmpty()) {
      throw new UserError("There are no pairs in " + file + ".");
    }
    return read;
  }

  private Function<Calibration, Decision> decisions(
      PairScorer scorer, List<LabelledPair> calibrating) {
    if (calibrate == null) {
      return ShippedEvidence.load()::decide;
    }
    var evidence =
        score(scorer, calibrating, calibrate).stream().map(ScoredPair::evidence).toList();
    return calibration -> calibration.decide(evidence);
  }

  private List<ScoredPair> score(PairScorer scorer, List<LabelledPair> read, Path file) {
    PrintWriter err = spec.commandLine().getErr();
    int step = Math.max(500, read.size() / 10);
    return scorer.score(read, done -> {
      if (done % step == 0 || done == read.size()) {
        err.println(file + ": " + done + " of " + read.size() + " pairs");
        err.flush();
      }
    });
  }

  private void print(EvaluationReport report, Evaluation evaluation) {
    if (plot != null) {
      try {
        Files.writeString(plot, new CurveChart(report, evaluation).toSvg());
      } catch (IOException e) {
        throw new UserError("Cannot write the chart " + plot + ".", e);
      }
    }
    PrintWriter print = spec.commandLine().getOut();
    print.println(json ? Json.pretty(report.facts()) : report.text());
    print.flush();
  }
}
