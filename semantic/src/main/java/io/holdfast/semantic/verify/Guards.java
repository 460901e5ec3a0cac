package io.holdfast.semantic.verify;

import io.holdfast.semantic.Embedding;
import java.util.ArrayList;
import java.util.List;

/** Numbers, names, negations, opposites and directions in which two questions differ. Reads the texts only, some microseconds each. */
final class Guards {
  private final QuestionReader reader;
  private final List<FeatureGroup> groups;

  Guards(Lexicon lexicon, QuestionReader reader) {
    this.reader = reader;
    this.groups =
        List.of(new GuardFeatures(lexicon), new AxisFeatures(lexicon), new OrderFeatures());
  }

  /** Which of them object to one answer for both. */
  List<String> objections(Pair pair) {
    List<String> objections = new ArrayList<>();
    for (FeatureGroup group : groups) {
      int[] next = {0};
      group.fill(pair, value -> {
        String name = group.names().get(next[0]++);
        if (name.startsWith(VerifierModel.GUARD) && value > 0) {
          objections.add(name.substring(VerifierModel.GUARD.length()));
        }
      });
    }
    return objections;
  }

  boolean forbid(String a, String b) {
    return !objections(new Pair(words(a), words(b))).isEmpty();
  }

  /** Words without vectors, which no guard looks at. */
  private Question words(String text) {
    return reader.read(new Embedding(text, new float[0], List.of(), new float[0][], false));
  }
}
