package io.holdfast.semantic.verify;

import io.holdfast.semantic.Embedder;
import io.holdfast.semantic.Embedding;
import io.holdfast.semantic.calibrate.Evidence;
import io.holdfast.semantic.minilm.MiniLmEmbedder;
import io.holdfast.semantic.pairs.LabelledPair;
import io.holdfast.semantic.pairs.PairFile;
import io.holdfast.semantic.verify.ModelFit.Fitted;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes {@code verifier.txt} and {@code evidence.txt} from files of labelled pairs: {@code VerifierTraining DIRECTORY PAIRS...}.
 *
 * <p>Deterministic for the same files on the same processor: a fixed seed deals the groups into folds, and the regression has one
 * solution. Takes some minutes on one core. Rows of the sources that must not be learnt from are left out by
 * {@code -DleaveOut=SOURCE}.
 */
public final class VerifierTraining {
  private static final int FOLDS = 10;
  private static final long SEED = 20261121;
  /** A word's weight is kept if this many questions, of so many groups, have it. */
  private static final int QUESTIONS = 5;

  private static final int GROUPS = 3;

  private final Embedder embedder;
  private final List<LabelledPair> pairs;
  private final PrintStream out;
  private final Map<String, Embedding> embeddings = new HashMap<>();

  private VerifierTraining(Embedder embedder, List<LabelledPair> pairs, PrintStream out) {
    this.embedder = embedder;
    this.pairs = pairs;
    this.out = out;
  }

  /** Trains; the first argument is the directory to write into, all others are files of pairs. */
  @SuppressWarnings("SystemOut") // a program for people
  public static void main(String... arguments) throws IOException {
    if (arguments.length < 2) {
      throw new IllegalArgumentException("DIRECTORY PAIRS.tsv...");
    }
    List<LabelledPair> pairs = new ArrayList<>();
    for (String file : List.of(arguments).subList(1, arguments.length)) {
      pairs.addAll(PairFile.read(Path.of(file)));
    }
    pairs.removeIf(pair -> pair.source().equals(System.getProperty("leaveOut", "")));
    try (MiniLmEmbedder embedder = MiniLmEmbedder.load()) {
      new VerifierTraining(embedder, pairs, System.out).run(Path.of(arguments[0]));
    }
  }

  private void run(Path directory) throws IOException {
    Lexicon lexicon = Lexicon.load();
    WordWeights words = words(lexicon);
    QuestionReader reader = new QuestionReader(lexicon, words);
    PairFeatures features = new PairFeatures(lexicon, new WordVectors(embedder));
    List<double[]> rows = new ArrayList<>();
    for (LabelledPair pair : pairs) {
      rows.add(features.of(
          reader.read(embedding(pair.question1())), reader.read(embedding(pair.question2()))));
    }
    ModelFit fit = new ModelFit(features.names());
    double[] scores = outOfFold(fit, words, rows);
    report(scores);
    Files.writeString(directory.resolve(ShippedEvidence.RESOURCE), evidence(scores));
    Files.writeString(
        directory.resolve(VerifierModel.RESOURCE),
        model(fit.fit(rows, labels(pairs)), words).toText());
  }

  private Embedding embedding(String text) {
    return embeddings.computeIfAbsent(text, embedder::embed);
  }

  private VerifierModel model(Fitted fitted, WordWeights words) {
    return new VerifierModel(embedder.identity().sha256(), fitted.features(), fitted.bias(), words);
  }

  private static List<Boolean> labels(List<LabelledPair> pairs) {
    return pairs.stream().map(LabelledPair::shouldMatch).toList();
  }

  private WordWeights words(Lexicon lexicon) {
    QuestionReader reader = new QuestionReader(lexicon, new WordWeights(Map.of(), 1));
    Map<String, Set<String>> groups = new HashMap<>();
    Map<String, Integer> questions = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (LabelledPair pair : pairs) {
      for (String text : List.of(pair.question1(), pair.question2())) {
        Set<String> stems = new HashSet<>();
        reader.read(embedding(text)).words().stream()
            .filter(word -> word.kind() != Word.Kind.NUMBER && word.kind() != Word.Kind.NAME)
            .forEach(word -> stems.add(word.stem()));
        stems.forEach(stem -> groups.computeIfAbsent(stem, s -> new HashSet<>()).add(group(pair)));
        if (seen.add(text)) {
          stems.forEach(stem -> questions.merge(stem, 1, Integer::sum));
        }
      }
    }
    Map<String, Double> weights = new TreeMap<>();
    double all = seen.size() + 1.0;
    questions.forEach((stem, count) -> {
      if (count >= QUESTIONS && groups.getOrDefault(stem, Set.of()).size() >= GROUPS) {
        weights.put(stem, Math.log(all / (count + 1)));
      }
    });
    return new WordWeights(weights, Math.log(all / GROUPS));
  }

  private static String group(LabelledPair pair) {
    return pair.source() + "/" + pair.group();
  }

  /** Scores each pair by weights fitted to the other folds; groups stay whole. */
  private double[] outOfFold(ModelFit fit, WordWeights words, List<double[]> rows) {
    List<String> groups = new ArrayList<>(
        new TreeSet<>(pairs.stream().map(VerifierTraining::group).toList()));
    Collections.shuffle(groups, new Random(SEED));
    double[] scores = new double[rows.size()];
    for (int fold = 0; fold < FOLDS; fold++) {
      List<double[]> others = new ArrayList<>();
      List<Boolean> labels = new ArrayList<>();
      List<Integer> tested = new ArrayList<>();
      for (int i = 0; i < scores.length; i++) {
        if (groups.indexOf(group(pairs.get(i))) % FOLDS == fold) {
          tested.add(i);
        } else {
          others.add(rows.get(i));
          labels.add(pairs.get(i).shouldMatch());
        }
      }
      VerifierModel model = model(fit.fit(others, labels), words);
      tested.forEach(i -> scores[i] = model.score(rows.get(i)));
    }
    return scores;
  }

  private String evidence(double[] scores) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      lines.add(String.format(
          Locale.ROOT,
          "%s\t%.3f\t%d",
          pairs.get(i).source(),
          scores[i],
          pairs.get(i).shouldMatch() ? 1 : 0));
    }
    Collections.sort(lines);
    return "# source, score by weights that saw nothing of the pair's group, should match\n"
        + String.join("\n", lines) + "\n";
  }

  private void report(double[] scores) {
    for (String source : new TreeSet<>(pairs.stream().map(LabelledPair::source).toList())) {
      List<Evidence> evidence = new ArrayList<>();
      for (int i = 0; i < scores.length; i++) {
        if (pairs.get(i).source().equals(source)) {
          evidence.add(new Evidence(scores[i], pairs.get(i).shouldMatch()));
        }
      }
      evidence.sort((a, b) -> Double.compare(b.score(), a.score()));
      out.printf(
          Locale.ROOT,
          "%s: %d pairs, recall at precision 0.90 %.3f, 0.95 %.3f, 0.99 %.3f%n",
          source,
          evidence.size(),
          recall(evidence, 0.90),
          recall(evidence, 0.95),
          recall(evidence, 0.99));
    }
  }

  private static double recall(List<Evidence> surest, double precision) {
    long positives = surest.stream().filter(Evidence::shouldMatch).count();
    long right = 0;
    long best = 0;
    for (int i = 0; i < surest.size(); i++) {
      right += surest.get(i).shouldMatch() ? 1 : 0;
      best = right >= precision * (i + 1) ? right : best;
    }
    return (double) best / positives;
  }
}
