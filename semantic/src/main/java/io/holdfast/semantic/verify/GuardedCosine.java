package io.holdfast.semantic.verify;

import io.holdfast.semantic.Embedding;
import java.util.ArrayList;
import java.util.List;

/**
 * Cosine similarity, where no guard objects: for embedders without vectors of words. The guards read the texts only: numbers, names,
 * negations, opposites, directions. A question of which most words are unknown is not
 * judged.
 *
 * <p>Far weaker than the {@link Verifier}: two words that are exchanged for others raise no objection, and the cosine hardly sees it.
 */
public final class GuardedCosine implements PairJudge {
  private static final String GUARD = "guard-";

  private final QuestionReader reader;
  private final List<FeatureGroup> groups;

  private GuardedCosine(QuestionReader reader, List<FeatureGroup> groups) {
    this.reader = reader;
    this.groups = groups;
  }

  /** Reads the lists of words of this artifact. */
  public static GuardedCosine load() {
    Lexicon lexicon = Lexicon.load();
    return new GuardedCosine(
        new QuestionReader(lexicon, VerifierModel.load().words()),
        List.of(new GuardFeatures(lexicon), new AxisFeatures(lexicon), new OrderFeatures()));
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
    List<String> objections = objections(new Pair(first, second));
    return new Judgement(
        objections.isEmpty() ? cosine : Double.NEGATIVE_INFINITY, cosine, objections);
  }

  private List<String> objections(Pair pair) {
    List<String> objections = new ArrayList<>();
    for (FeatureGroup group : groups) {
      int[] next = {0};
      group.fill(pair, value -> {
        String name = group.names().get(next[0]++);
        if (name.startsWith(GUARD) && value > 0) {
          objections.add(name.substring(GUARD.length()));
        }
      });
    }
    return objections;
  }
}
