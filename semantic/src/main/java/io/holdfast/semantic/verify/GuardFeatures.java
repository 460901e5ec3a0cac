package io.holdfast.semantic.verify;

import io.holdfast.semantic.verify.Word.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleConsumer;

/** Numbers and names that differ, and numbers that count other things. */
final class GuardFeatures implements FeatureGroup {
  private static final List<String> OPPOSITES =
      List.of("un", "in", "im", "ir", "il", "non", "dis", "de", "anti");

  private final int negationAxis;

  GuardFeatures(Lexicon lexicon) {
    this.negationAxis = lexicon.axes().indexOf("negation");
  }

  @Override
  public List<String> names() {
    return List.of(
        "numbers-one-sided",
        "guard-number",
        "guard-bound",
        "names-one-sided",
        "guard-name",
        "numbers-shared",
        "names-shared",
        "guard-negation",
        "guard-prefix");
  }

  @Override
  public void fill(Pair pair, DoubleConsumer values) {
    Set<String> a = pair.a.question.numbers();
    Set<String> b = pair.b.question.numbers();
    differences(a, b, values);
    values.accept(Math.min(1, otherThing(pair)));
    Set<String> namesA = names(pair.a.question);
    Set<String> namesB = names(pair.b.question);
    Set<String> missingInB = new HashSet<>(namesA);
    missingInB.removeAll(pair.b.stems);
    Set<String> missingInA = new HashSet<>(namesB);
    missingInA.removeAll(pair.a.stems);
    boolean two = !missingInA.isEmpty() && !missingInB.isEmpty();
    values.accept(two ? 0 : missingInA.size() + missingInB.size());
    values.accept(two ? 1 : 0);
    values.accept(shared(a, b) > 0 ? 1 : 0);
    values.accept(shared(namesA, namesB) > 0 ? 1 : 0);
    values.accept(negated(pair.a.question) != negated(pair.b.question) ? 1 : 0);
    values.accept(prefixed(pair.a, pair.b) || prefixed(pair.b, pair.a) ? 1 : 0);
  }

  private boolean negated(Question question) {
    return question.poles().stream().anyMatch(pole -> pole.axis() == negationAxis);
  }

  /** Whether one says what the other says with the opposite's prefix: paid and unpaid. */
  private static boolean prefixed(Pair.Side side, Pair.Side other) {
    for (Word word : side.alone) {
      for (String prefix : OPPOSITES) {
        if (word.stem().startsWith(prefix)
            && other.stems.contains(word.stem().substring(prefix.length()))) {
          return true;
        }
      }
    }
    return false;
  }

  private static void differences(Set<String> a, Set<String> b, DoubleConsumer values) {
    boolean two = !b.containsAll(a) && !a.containsAll(b);
    int count = a.size() + b.size() - 2 * shared(a, b);
    values.accept(two ? 0 : count);
    values.accept(two ? 1 : 0);
  }

  private static int shared(Set<String> a, Set<String> b) {
    Set<String> both = new HashSet<>(a);
    both.retainAll(b);
    return both.size();
  }

  private static Set<String> names(Question question) {
    Set<String> names = new HashSet<>();
    question.words().stream().filter(w -> w.kind() == Kind.NAME).forEach(w -> names.add(w.stem()));
    return names;
  }

  /** Counts shared numbers whose next words differ while each stands elsewhere in the other question. */
  private static int otherThing(Pair pair) {
    int count = 0;
    for (String number : pair.a.question.numbers()) {
      List<String> a = after(pair.a.question, number);
      List<String> b = after(pair.b.question, number);
      if (!a.isEmpty()
          && !b.isEmpty()
          && a.stream().noneMatch(b::contains)
          && pair.b.stems.containsAll(a)
          && pair.a.stems.containsAll(b)) {
        count++;
      }
    }
    return count;
  }

  private static List<String> after(Question question, String number) {
    List<String> next = new ArrayList<>();
    List<Word> words = question.words();
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.get(i).text().equals(number) && !words.get(i + 1).isFrame()) {
        next.add(words.get(i + 1).stem());
      }
    }
    return next;
  }
}
