package io.holdfast.semantic.minilm;

import io.holdfast.semantic.Embedding.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cuts a text into the pieces of a BERT vocabulary: the longest known beginning first, then the longest known rest.
 *
 * <p>Stops once the model's input is full, so a long text costs no more than a short one.
 *
 * @see <a href="https://arxiv.org/abs/1609.08144">Google's neural machine translation system, section 4.1</a>
 */
final class WordPieceTokenizer {
  /** A word of more code points than this is unknown as a whole, as in the reference. */
  private static final int LONGEST_WORD = 100;

  private final Map<String, Integer> vocabulary;
  private final int maxPieces;
  private final int unknown;
  private final int first;
  private final int last;

  /**
   * Creates a tokenizer.
   *
   * @param maxPieces the model's input, with the two marks around the text
   * @throws IllegalArgumentException if the vocabulary lacks one of the marks
   */
  WordPieceTokenizer(Map<String, Integer> vocabulary, int maxPieces) {
    this.vocabulary = Map.copyOf(vocabulary);
    this.maxPieces = maxPieces;
    this.unknown = require("[UNK]");
    this.first = require("[CLS]");
    this.last = require("[SEP]");
  }

  private int require(String mark) {
    Integer id = vocabulary.get(mark);
    if (id == null) {
      throw new IllegalArgumentException("The vocabulary lacks " + mark);
    }
    return id;
  }

  /** Returns the pieces of a text; never fails. */
  Tokens tokenize(String text) {
    Collector collector = new Collector();
    collector.ids.add((long) first);
    boolean truncated = false;
    NormalizedWords words = new NormalizedWords(text);
    while (words.next()) {
      if (!collector.add(words)) {
        truncated = true;
        break;
      }
    }
    collector.ids.add((long) last);
    return new Tokens(
        collector.ids.stream().mapToLong(Long::longValue).toArray(), collector.pieces, truncated);
  }

  /**
   * What the model reads.
   *
   * @param ids with the two marks, so two more than there are pieces
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Tokens(long[] ids, List<Piece> pieces, boolean truncated) {}

  /** Gathers pieces until the model's input is full. */
  private final class Collector {
    final List<Long> ids = new ArrayList<>();
    final List<Piece> pieces = new ArrayList<>();

    /** Returns false if the word did not fit as a whole. */
    boolean add(NormalizedWords word) {
      List<Integer> known = new ArrayList<>();
      List<Piece> where = new ArrayList<>();
      split(word, known, where);
      for (int i = 0; i < known.size(); i++) {
        if (pieces.size() == maxPieces - 2) {
          return false;
        }
        ids.add((long) known.get(i));
        pieces.add(where.get(i));
      }
      return true;
    }
  }

  private void split(NormalizedWords word, List<Integer> ids, List<Piece> pieces) {
    String letters = word.letters();
    if (letters.codePointCount(0, letters.length()) <= LONGEST_WORD) {
      int begin = 0;
      while (begin < letters.length()) {
        int end = longestKnown(letters, begin);
        if (end < 0) {
          break;
        }
        ids.add(vocabulary.get(key(letters, begin, end)));
        pieces.add(new Piece(word.startOf(begin), word.endOf(end - 1)));
        begin = end;
      }
      if (begin == letters.length()) {
        return;
      }
    }
    ids.clear();
    pieces.clear();
    ids.add(unknown);
    pieces.add(new Piece(word.startOf(0), word.endOf(letters.length() - 1)));
  }

  private int longestKnown(String letters, int begin) {
    for (int end = letters.length(); end > begin; end--) {
      if (vocabulary.containsKey(key(letters, begin, end))) {
        return end;
      }
    }
    return -1;
  }

  private static String key(String letters, int begin, int end) {
    String piece = letters.substring(begin, end);
    return begin == 0 ? piece : "##" + piece;
  }
}
