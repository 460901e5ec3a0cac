package io.holdfast.semantic.verify;

import io.holdfast.semantic.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Two questions side by side: what they share and what each has alone. */
final class Pair {
  final Side a;
  final Side b;
  final double cosine;

  Pair(Question a, Question b) {
    this.cosine = a.embedding().cosine(b.embedding());
    this.a = new Side(a, b);
    this.b = new Side(b, a);
  }

  /** One of the two questions as seen from the other. */
  static final class Side {
    final Question question;
    /** What it asks about: no words of form, no operations. */
    final List<Word> content;
    /** Content words whose stem the other question lacks. */
    final List<Word> alone;

    final Set<String> stems;

    Side(Question question, Question other) {
      this.question = question;
      this.stems = stems(question);
      Set<String> others = stems(other);
      this.content = question.words().stream().filter(Word::isContent).toList();
      List<Word> found = new ArrayList<>();
      for (Word word : content) {
        if (!others.contains(word.stem())
            && found.stream().noneMatch(w -> w.stem().equals(word.stem()))) {
          found.add(word);
        }
      }
      this.alone = List.copyOf(found);
    }

    private static Set<String> stems(Question question) {
      return question.words().stream().map(Word::stem).collect(Collectors.toSet());
    }

    double weight() {
      return content.stream().mapToDouble(Word::weight).sum();
    }

    /** How near a word of the other question comes, in the vectors of the two sentences. */
    double nearest(Word word) {
      return question.words().stream()
          .filter(w -> !w.isFrame())
          .mapToDouble(w -> Vectors.dot(w.vector(), word.vector()))
          .max()
          .orElse(0);
    }
  }
}
