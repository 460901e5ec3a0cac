package io.holdfast.semantic.verify;

import io.holdfast.semantic.Embedding;
import io.holdfast.semantic.Embedding.Piece;
import io.holdfast.semantic.Vectors;
import io.holdfast.semantic.verify.Lexicon.Match;
import io.holdfast.semantic.verify.Lexicon.Pole;
import io.holdfast.semantic.verify.Word.Kind;
import io.holdfast.semantic.verify.WordSplitter.RawWord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a text into words, with the lexicon, the weights and the vectors of its pieces. */
final class QuestionReader {
  private static final List<String> NUMBER_WORDS = List.of(
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
      "eleven", "twelve");

  /** Pieces a word: English words have little more than one. */
  private static final double MANY_PIECES = 2;

  private final Lexicon lexicon;
  private final WordWeights weights;
  private final int frameAxis;

  QuestionReader(Lexicon lexicon, WordWeights weights) {
    this.lexicon = lexicon;
    this.weights = weights;
    this.frameAxis = lexicon.axes().indexOf(Lexicon.FRAME);
  }

  Question read(Embedding embedding) {
    List<RawWord> raw = WordSplitter.split(embedding.text());
    List<String> texts = raw.stream().map(RawWord::text).toList();
    List<Word> words = new ArrayList<>();
    Set<Pole> poles = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    for (int i = 0; i < raw.size(); ) {
      Match match = raw.get(i).named() ? new Match(0, List.of()) : lexicon.match(texts, i);
      Kind fixed = kind(match.poles());
      match.poles().stream().filter(pole -> pole.axis() != frameAxis).forEach(poles::add);
      int count = Math.max(1, match.words());
      for (int j = i; j < i + count; j++) {
        Word word = word(raw.get(j), fixed, embedding);
        if (word.kind() == Kind.NUMBER || word.isCode()) {
          numbers.add(word.text());
        }
        words.add(word);
      }
      i += count;
    }
    return new Question(embedding, words, poles, numbers, isEnglish(raw, words, embedding));
  }

  /** CONTENT if the lexicon says nothing. */
  private Kind kind(List<Pole> poles) {
    if (poles.isEmpty()) {
      return Kind.CONTENT;
    }
    return poles.stream().allMatch(pole -> pole.axis() == frameAxis) ? Kind.FRAME : Kind.OPERATION;
  }

  private Word word(RawWord raw, Kind fixed, Embedding embedding) {
    String text = number(raw.text());
    float[] vector = vector(raw, embedding);
    if (isNumber(text)) {
      return new Word(text, text, vector, weights.unknown(), Kind.NUMBER);
    }
    String stem = Stems.of(text);
    Kind kind = raw.named() && fixed == Kind.CONTENT ? Kind.NAME : fixed;
    return new Word(text, stem, vector, weights.of(stem), kind);
  }

  /** Whether most words are known, or at least the model's English vocabulary has not had to cut the others to bits. */
  private boolean isEnglish(List<RawWord> raw, List<Word> words, Embedding embedding) {
    int known = 0;
    int unknown = 0;
    long unknownPieces = 0;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      if (word.isFrame() || word.kind() == Kind.OPERATION || weights.knows(word.stem())) {
        known++;
      } else if (word.kind() == Kind.CONTENT) {
        RawWord where = raw.get(i);
        unknown++;
        unknownPieces += embedding.pieces().stream().filter(where::overlaps).count();
      }
    }
    boolean mayBeRareWords = !embedding.pieces().isEmpty() && unknownPieces < MANY_PIECES * unknown;
    return known > 0 && (known >= unknown || mayBeRareWords);
  }

  private static boolean isNumber(String text) {
    return text.chars().noneMatch(Character::isLetter) && Character.isDigit(text.charAt(0));
  }

  private static String number(String text) {
    int word = NUMBER_WORDS.indexOf(text);
    return word >= 0 ? Integer.toString(word) : isNumber(text) ? text.replace(",", "") : text;
  }

  /** The mean of the pieces that share a character with the word; zeros if the text was cut before it. */
  private static float[] vector(RawWord word, Embedding embedding) {
    float[] sum = new float[embedding.sentence().length];
    List<Piece> pieces = embedding.pieces();
    for (int i = 0; i < pieces.size(); i++) {
      if (word.overlaps(pieces.get(i))) {
        float[] piece = embedding.pieceVectors()[i];
        for (int d = 0; d < sum.length; d++) {
          sum[d] += piece[d];
        }
      }
    }
    return Vectors.normalise(sum);
  }
}
