package io.holdfast.semantic.verify;

import io.holdfast.semantic.verify.Word.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleConsumer;

/** Words that both questions have in another order or another part: from here to there, or from there to here. */
final class OrderFeatures implements FeatureGroup {
  private static final int MOST_INVERTED = 3;

  @Override
  public List<String> names() {
    return List.of(
        "inversions",
        "inverted-share",
        "inverted-only",
        "inverted-names",
        "guard-direction",
        "guard-exchange");
  }

  @Override
  public void fill(Pair pair, DoubleConsumer values) {
    List<String> a = shared(pair.a.question, pair.b.stems, false);
    List<String> b = shared(pair.b.question, pair.a.stems, false);
    int inversions = inversions(a, b);
    int pairs = Math.max(1, a.size() * (a.size() - 1) / 2);
    boolean nothingElse = pair.a.alone.isEmpty() && pair.b.alone.isEmpty();
    values.accept(inversions);
    values.accept((double) inversions / pairs);
    values.accept(nothingElse && inversions > 0 ? 1 : 0);
    int names = inversions(
        shared(pair.a.question, pair.b.stems, true), shared(pair.b.question, pair.a.stems, true));
    values.accept(Math.min(MOST_INVERTED, names));
    values.accept(swapped(pair) ? 1 : 0);
    values.accept(exchanged(pair.a.question.words(), pair.b.question.words()) ? 1 : 0);
  }

  /** The words that the other question has too, each once, in order. */
  private static List<String> shared(Question question, Set<String> others, boolean namesOnly) {
    return question.words().stream()
        .filter(w -> namesOnly ? w.kind() == Kind.NAME || w.kind() == Kind.NUMBER : w.isContent())
        .map(Word::stem)
        .filter(others::contains)
        .distinct()
        .toList();
  }

  private static int inversions(List<String> a, List<String> b) {
    List<Integer> places =
        a.stream().map(b::indexOf).filter(place -> place >= 0).toList();
    int count = 0;
    for (int i = 0; i < places.size(); i++) {
      for (int j = i + 1; j < places.size(); j++) {
        count += places.get(i) > places.get(j) ? 1 : 0;
      }
    }
    return count;
  }

  /** What stands behind the words that give direction. */
  private record Parts(Set<String> from, Set<String> to, Set<String> than) {
    static Parts of(Question question) {
      return new Parts(
          behind(question, Set.of("from")),
          behind(question, Set.of("to", "into")),
          behind(question, Set.of("than")));
    }

    private static Set<String> behind(Question question, Set<String> prepositions) {
      Set<String> found = new HashSet<>();
      for (int i = 0; i < question.words().size(); i++) {
        if (prepositions.contains(question.words().get(i).text())) {
          question.contentFrom(i + 1, 2).ifPresent(word -> found.add(word.stem()));
        }
      }
      return found;
    }
  }

  private static boolean swapped(Pair pair) {
    Parts a = Parts.of(pair.a.question);
    Parts b = Parts.of(pair.b.question);
    return intersect(a.from, b.to)
        || intersect(a.to, b.from)
        || crossed(a.from, b.from, pair)
        || crossed(a.to, b.to, pair)
        || crossed(a.than, b.than, pair);
  }

  /** Whether other words play this part, and each question has the other's somewhere else. */
  private static boolean crossed(Set<String> a, Set<String> b, Pair pair) {
    return !a.isEmpty()
        && !b.isEmpty()
        && !intersect(a, b)
        && pair.b.stems.containsAll(a)
        && pair.a.stems.containsAll(b);
  }

  private static boolean intersect(Set<String> a, Set<String> b) {
    return a.stream().anyMatch(b::contains);
  }

  /** Whether two names stand the other way round, and not in an enumeration. */
  private static boolean exchanged(List<Word> a, List<Word> b) {
    for (int i = 0; i < a.size(); i++) {
      for (int j = i + 1; j < a.size(); j++) {
        if (isOnlyName(a, i) && isOnlyName(a, j) && !enumerated(a, i, j)) {
          int first = only(b, a.get(i).stem());
          int second = only(b, a.get(j).stem());
          if (second >= 0 && second < first && !enumerated(b, second, first)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isOnlyName(List<Word> words, int at) {
    return words.get(at).kind() == Kind.NAME && only(words, words.get(at).stem()) == at;
  }

  /** Returns where the only word of a stem is; less than 0 if there is none, or more than one. */
  private static int only(List<Word> words, String stem) {
    int found = -1;
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).stem().equals(stem)) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private static boolean enumerated(List<Word> words, int from, int to) {
    return words.subList(from + 1, to).stream()
        .allMatch(
            w -> w.kind() == Kind.NAME || w.text().equals("and") || w.text().equals("or"));
  }
}
