package io.holdfast.semantic.verify;

import io.holdfast.semantic.Embedding;
import java.util.List;

/**
 * Cosine similarity, where no guard objects: for embedders without vectors of words. The guards read the texts only: numbers, names,
 * negations, opposites, directions. A question of which most words are unknown is not
 * judged.
 *
 * <p>Far weaker than the {@link Verifier}: two words that are exchanged for others raise no objection, and the cosine hardly sees it.
 */
public final class GuardedCosine implements PairJudge {
  private final QuestionReader reader;
  private final Guards guards;

  private GuardedCosine(QuestionReader reader, Guards guards) {
    this.reader = reader;
    this.guards = guards;
  }

  /** Reads the lists of words of this artifact. */
  public static GuardedCosine load() {
    Lexicon lexicon = Lexicon.load();
    var reader = new QuestionReader(lexicon, VerifierModel.load().words());
    return new GuardedCosine(reader, new Guards(lexicon, reader));
  }

  @Override
  public String name() {
    return "guarded-cosine-1";
  }

  @Override
  public boolean readsPieces() {
    return false;
  }

  @Override
  public Judgement judge(Embedding a, Embedding b) {
    double cosine = a.cosine(b);
    Question first = reader.read(a);
    Question second = reader.read(b);
    if (a.truncated() || b.truncated() || !first.isReadable() || !second.isReadable()) {
      return new Judgement(Double.NEGATIVE_INFINITY, cosine, List.of());
    }
    List<String> objections = guards.objections(new Pair(first, second));
    return new Judgement(
        objections.isEmpty() ? cosine : Double.NEGATIVE_INFINITY, cosine, objections);
  }

  @Override
  public boolean forbids(String a, String b) {
    return guards.forbid(a, b);
  }
}
