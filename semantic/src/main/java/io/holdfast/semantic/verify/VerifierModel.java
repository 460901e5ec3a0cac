package io.holdfast.semantic.verify;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What training found: a weight per feature, and how much words tell.
 *
 * @param embedding the digest of the embedding model whose vectors it was trained on
 * @param features in the order of {@link PairFeatures}
 */
record VerifierModel(String embedding, List<Feature> features, double bias, WordWeights words) {
  static final String RESOURCE = "verifier.txt";
  private static final String VERSION = "2";
  /** What the names of guards begin with. */
  static final String GUARD = "guard-";
  /**
   * What a pair scores to which a guard objects, so that no evidence opens a scope for it. A weight alone did not do it: among
   * templates that training had not seen, <em>more than</em> beside <em>less than</em> was among the surest.
   */
  static final double FORBIDDEN = Double.NEGATIVE_INFINITY;

  VerifierModel {
    features = List.copyOf(features);
  }

  /** A feature's scale and weight. */
  record Feature(String name, double mean, double deviation, double weight) {}

  double score(double[] values) {
    double sum = bias;
    boolean isForbidden = false;
    for (int i = 0; i < values.length; i++) {
      Feature feature = features.get(i);
      sum += (values[i] - feature.mean) / feature.deviation * feature.weight;
      isForbidden |= values[i] > 0 && feature.name.startsWith(GUARD);
    }
    return isForbidden ? FORBIDDEN : sum;
  }

  /** Reads the one in this artifact. */
  static VerifierModel load() {
    try (InputStream in = VerifierModel.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new FileNotFoundException(RESOURCE);
      }
      return parse(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("read the verifier's weights from " + RESOURCE, e);
    }
  }

  /** The first digits of what tells these weights from others. */
  static String digest() {
    try (InputStream in = VerifierModel.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new FileNotFoundException(RESOURCE);
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (IOException e) {
      throw new UncheckedIOException("read the verifier's weights from " + RESOURCE, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static VerifierModel parse(BufferedReader reader) throws IOException {
    Map<String, String> facts = new HashMap<>();
    List<Feature> features = new ArrayList<>();
    Map<String, Double> words = new HashMap<>();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      String[] f = line.split("\t", -1);
      switch (f[0]) {
        case "feature" ->
          features.add(new Feature(
              f[1], Double.parseDouble(f[2]), Double.parseDouble(f[3]), Double.parseDouble(f[4])));
        case "word" -> words.put(f[1], Double.parseDouble(f[2]));
        case "version", "embedding", "bias", "unknown-word" -> facts.put(f[0], f[1]);
        default -> {
          if (!line.isBlank() && !line.startsWith("#")) {
            throw new IOException("a line that is none of ours: " + f[0]);
          }
        }
      }
    }
    if (!VERSION.equals(facts.get("version"))) {
      throw new IOException("version " + facts.get("version") + " is not " + VERSION);
    }
    return new VerifierModel(
        fact(facts, "embedding"),
        features,
        Double.parseDouble(fact(facts, "bias")),
        new WordWeights(words, Double.parseDouble(fact(facts, "unknown-word"))));
  }

  private static String fact(Map<String, String> facts, String name) throws IOException {
    String value = facts.get(name);
    if (value == null) {
      throw new IOException("there is no line " + name);
    }
    return value;
  }

  /** The same, to be read by {@link #load}. */
  String toText() {
    StringBuilder text = new StringBuilder(
        "# Made by VerifierTraining; its sources are named in NOTICE.txt beside this file.\n");
    text.append("version\t").append(VERSION).append('\n');
    text.append("embedding\t").append(embedding).append('\n');
    text.append("bias\t").append(number(bias)).append('\n');
    text.append("unknown-word\t").append(number(words.unknown())).append('\n');
    for (Feature f : features) {
      text.append("feature\t")
          .append(f.name)
          .append('\t')
          .append(number(f.mean))
          .append('\t')
          .append(number(f.deviation))
          .append('\t')
          .append(number(f.weight))
          .append('\n');
    }
    new TreeMap<>(words.byStem())
        .forEach((stem, weight) -> text.append("word\t")
            .append(stem)
            .append('\t')
            .append(number(weight))
            .append('\n'));
    return text.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5g", value);
  }
}
