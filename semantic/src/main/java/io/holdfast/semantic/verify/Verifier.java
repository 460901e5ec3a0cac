package io.holdfast.semantic.verify;

import io.holdfast.semantic.Embedder;
import io.holdfast.semantic.Embedding;
import java.util.List;

/**
 * Tells how sure one may be that the answer to one question serves another.
 *
 * <p>It weighs what the two have in common against what only one of them says, on the vectors of their words and with lists of
 * English words that decide: numbers, names, negations, opposites, units, times, directions. A score means nothing by itself; it
 * takes {@link io.holdfast.semantic.calibrate.Calibration} to tell which is sure enough. Safe from any thread.
 */
public final class Verifier implements PairJudge {

  private final VerifierModel model;
  private final QuestionReader reader;
  private final PairFeatures features;
  private final Guards guards;

  Verifier(VerifierModel model, QuestionReader reader, PairFeatures features, Guards guards) {
    this.model = model;
    this.reader = reader;
    this.features = features;
    this.guards = guards;
  }

  /**
   * Loads the weights of this artifact.
   *
   * @param embedder also embeds single words; stays the caller's to close
   * @throws IllegalArgumentException if the weights were trained on another model's vectors, or for other features
   */
  public static Verifier load(Embedder embedder) {
    VerifierModel model = VerifierModel.load();
    if (!model.embedding().equals(embedder.identity().sha256())) {
      throw new IllegalArgumentException(
          "The verifier's weights belong to another embedding model than "
              + embedder.identity().name());
    }
    Lexicon lexicon = Lexicon.load();
    PairFeatures features = new PairFeatures(lexicon, new WordVectors(embedder));
    if (!features
        .names()
        .equals(model.features().stream().map(VerifierModel.Feature::name).toList())) {
      throw new IllegalArgumentException(
          "The verifier's weights are for other features; train again");
    }
    var reader = new QuestionReader(lexicon, model.words());
    return new Verifier(model, reader, features, new Guards(lexicon, reader));
  }

  @Override
  public String name() {
    return "verifier-" + VerifierModel.digest();
  }

  @Override
  public boolean readsPieces() {
    return true;
  }

  /**
   * Judges a pair; the order does not matter. Takes about a millisecond, and some more for each word that was not met lately.
   *
   * @param a of the embedder that this verifier was loaded with
   * @param b likewise
   */
  @Override
  public Judgement judge(Embedding a, Embedding b) {
    double cosine = a.cosine(b);
    if (a.truncated() || b.truncated()) {
      return new Judgement(Double.NEGATIVE_INFINITY, cosine, List.of());
    }
    Question first = reader.read(a);
    Question second = reader.read(b);
    if (!first.isReadable() || !second.isReadable()) {
      return new Judgement(Double.NEGATIVE_INFINITY, cosine, List.of());
    }
    Pair pair = new Pair(first, second);
    List<String> objections = guards.objections(pair);
    double score = objections.isEmpty() ? model.score(features.of(pair)) : VerifierModel.FORBIDDEN;
    return new Judgement(score, cosine, objections);
  }

  @Override
  public boolean forbids(String a, String b) {
    return guards.forbid(a, b);
  }
}
