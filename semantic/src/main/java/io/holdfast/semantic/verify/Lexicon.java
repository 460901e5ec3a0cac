package io.holdfast.semantic.verify;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words that decide what a question asks; see the resource {@code lexicon.txt} for its form. */
final class Lexicon {
  static final String FRAME = "frame";
  private static final String RESOURCE = "lexicon.txt";

  private final List<String> axes = new ArrayList<>();
  private final Map<String, List<Pole>> poles = new HashMap<>();
  private int longestPhrase = 1;

  private Lexicon() {}

  /**
   * One side of an axis.
   *
   * @param axis index into {@link #axes()}
   */
  record Pole(int axis, int side) {}

  /** What was found at a place: how many words, and what they mean. */
  record Match(int words, List<Pole> poles) {}

  static Lexicon load() {
    try (InputStream in = Lexicon.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new FileNotFoundException(RESOURCE);
      }
      Lexicon lexicon = new Lexicon();
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .forEach(lexicon::addAxis);
      return lexicon;
    } catch (IOException e) {
      throw new UncheckedIOException("read the word list " + RESOURCE, e);
    }
  }

  private void addAxis(String line) {
    int colon = line.indexOf(':');
    int axis = axes.size();
    axes.add(line.substring(0, colon).strip());
    String[] sides = line.substring(colon + 1).split("\\|", -1);
    for (int side = 0; side < sides.length; side++) {
      for (String phrase : sides[side].split(",", -1)) {
        addPhrase(phrase.strip(), new Pole(axis, side));
      }
    }
  }

  private void addPhrase(String phrase, Pole pole) {
    poles.computeIfAbsent(phrase, p -> new ArrayList<>()).add(pole);
    longestPhrase = Math.max(longestPhrase, phrase.split(" ", -1).length);
  }

  List<String> axes() {
    return List.copyOf(axes);
  }

  /** Returns the longest phrase that begins at a word; of no words if there is none. */
  Match match(List<String> words, int at) {
    for (int count = Math.min(longestPhrase, words.size() - at); count > 0; count--) {
      List<Pole> found = poles.get(String.join(" ", words.subList(at, at + count)));
      if (found != null) {
        return new Match(count, found);
      }
    }
    return new Match(0, List.of());
  }
}
