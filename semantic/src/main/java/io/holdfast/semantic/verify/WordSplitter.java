package io.holdfast.semantic.verify;

import io.holdfast.semantic.Embedding.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into words and numbers; knows which stand in quotes and which begin with a capital inside a sentence. */
final class WordSplitter {
  /** Letters, with an apostrophe inside and signs as in C++ behind; or digits with points, commas and colons inside. */
  private static final Pattern WORD = Pattern.compile(
      "\\p{N}+(?:[.,:]\\p{N}+)*(?![\\p{L}\\p{N}])|[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*(?:['’]\\p{L}+)*[+#]*|[%$€£<>=]");

  private static final String QUOTES = "\"“”'‘’`";

  private WordSplitter() {}

  /**
   * A word as it stands in the text.
   *
   * @param text in lower case
   * @param named whether it looks like a name or a value: in quotes, or with a capital where no sentence begins
   */
  record RawWord(String text, int start, int end, boolean named) {
    boolean overlaps(Piece piece) {
      return piece.start() < end && piece.end() > start;
    }
  }

  static List<RawWord> split(String text) {
    List<RawWord> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    int quotedUntil = -1;
    while (matcher.find()) {
      int start = matcher.start();
      if (start > quotedUntil && start > 0 && opensQuote(text, start - 1)) {
        quotedUntil = text.indexOf(closing(text.charAt(start - 1)), start);
      }
      boolean quoted = start < quotedUntil;
      boolean capital = Character.isUpperCase(text.charAt(start)) && !beginsSentence(text, start);
      add(words, matcher.group(), start, quoted || capital || isCode(matcher.group()));
    }
    return words;
  }

  /** Letters and digits mixed, as in Q3 or DB2. */
  private static boolean isCode(String word) {
    return word.chars().anyMatch(Character::isDigit) && word.chars().anyMatch(Character::isLetter);
  }

  private static void add(List<RawWord> words, String word, int start, boolean named) {
    String lower = word.toLowerCase(Locale.ROOT).replace('’', '\'');
    int end = start + word.length();
    if (lower.endsWith("n't") && lower.length() > 3) {
      words.add(new RawWord(lower.substring(0, lower.length() - 3), start, end - 3, false));
      words.add(new RawWord("not", end - 3, end, false));
    } else if (lower.endsWith("'s")) {
      words.add(new RawWord(lower.substring(0, lower.length() - 2), start, end - 2, named));
    } else {
      words.add(new RawWord(lower, start, end, named));
    }
  }

  private static boolean opensQuote(String text, int at) {
    return QUOTES.indexOf(text.charAt(at)) >= 0
        && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
  }

  private static char closing(char opening) {
    return switch (opening) {
      case '“' -> '”';
      case '‘' -> '’';
      default -> opening;
    };
  }

  private static boolean beginsSentence(String text, int at) {
    for (int i = at - 1; i >= 0; i--) {
      char c = text.charAt(i);
      if (c == '.' || c == '?' || c == '!') {
        return true;
      }
      if (!Character.isWhitespace(c) && QUOTES.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
