package io.holdfast.semantic.verify;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.DoubleConsumer;

/** Shares of words, of neighbours and of letters that are the same, and lengths. */
final class OverlapFeatures implements FeatureGroup {

  @Override
  public List<String> names() {
    return List.of(
        "stem-overlap",
        "content-overlap",
        "neighbour-overlap",
        "letter-overlap",
        "length-less",
        "length-differs",
        "enumeration-differs",
        "content-less",
        "content-differs",
        "equal",
        "repeats-differ",
        "same-core");
  }

  @Override
  public void fill(Pair pair, DoubleConsumer values) {
    values.accept(jaccard(pair.a.stems, pair.b.stems));
    values.accept(jaccard(content(pair.a), content(pair.b)));
    values.accept(jaccard(neighbours(pair.a.question), neighbours(pair.b.question)));
    values.accept(jaccard(letters(pair.a.question), letters(pair.b.question)));
    int a = pair.a.question.words().size();
    int b = pair.b.question.words().size();
    values.accept(Math.log1p(Math.min(a, b)));
    values.accept(Math.abs(Math.log1p(a) - Math.log1p(b)));
    values.accept(Math.abs(enumerations(pair.a.question) - enumerations(pair.b.question)));
    int ca = content(pair.a).size();
    int cb = content(pair.b).size();
    values.accept(Math.min(ca, cb));
    values.accept(Math.abs(ca - cb));
    values.accept(
        pair.a.question.words().stream()
                .map(Word::text)
                .toList()
                .equals(pair.b.question.words().stream().map(Word::text).toList())
            ? 1
            : 0);
    values.accept(repeats(pair));
    values.accept(core(pair.a.question).equals(core(pair.b.question)) ? 1 : 0);
  }

  /** Shared words that one question says more often: an answer and a condition, or only a condition. */
  private static int repeats(Pair pair) {
    Set<String> shared = content(pair.a);
    shared.retainAll(content(pair.b));
    int differ = 0;
    for (String stem : shared) {
      differ += count(pair.a, stem) == count(pair.b, stem) ? 0 : 1;
    }
    return differ;
  }

  private static long count(Pair.Side side, String stem) {
    return side.content.stream().filter(w -> w.stem().equals(stem)).count();
  }

  private static Set<String> content(Pair.Side side) {
    Set<String> stems = new HashSet<>();
    side.content.forEach(w -> stems.add(w.stem()));
    return stems;
  }

  /** All but the words that only tell how one asks, in order. */
  private static List<String> core(Question question) {
    return question.words().stream().filter(w -> !w.isFrame()).map(Word::stem).toList();
  }

  private static Set<String> neighbours(Question question) {
    Set<String> found = new HashSet<>();
    List<Word> words = question.words();
    for (int i = 0; i + 1 < words.size(); i++) {
      found.add(words.get(i).stem() + " " + words.get(i + 1).stem());
    }
    return found;
  }

  private static Set<String> letters(Question question) {
    String text = question.embedding().text().toLowerCase(Locale.ROOT);
    Set<String> found = new HashSet<>();
    for (int i = 0; i + 3 <= text.length(); i++) {
      found.add(text.substring(i, i + 3));
    }
    return found;
  }

  private static int enumerations(Question question) {
    int count =
        (int) question.words().stream().filter(w -> w.text().equals("and")).count();
    return count
        + (int) question.embedding().text().chars().filter(c -> c == ',').count();
  }

  private static double jaccard(Set<String> a, Set<String> b) {
    Set<String> both = new HashSet<>(a);
    both.retainAll(b);
    int all = a.size() + b.size() - both.size();
    return all == 0 ? 1 : (double) both.size() / all;
  }
}
