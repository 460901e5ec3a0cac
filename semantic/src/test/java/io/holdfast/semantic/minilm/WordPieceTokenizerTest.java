package io.holdfast.semantic.minilm;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.semantic.Embedding.Piece;
import io.holdfast.semantic.minilm.WordPieceTokenizer.Tokens;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the model's own vocabulary; the numbers are those that BERT's uncased reference tokenizer gives. */
class WordPieceTokenizerTest {
  private static WordPieceTokenizer tokenizer;

  @BeforeAll
  static void readVocabulary() {
    tokenizer = new WordPieceTokenizer(ModelFiles.read().vocabulary(), 128);
  }

  @Test
  void tokenize_words_areTheReferencesNumbers() {
    assertThat(tokenizer.tokenize("Hello, how are you?").ids())
        .containsExactly(101, 7592, 1010, 2129, 2024, 2017, 1029, 102);
  }

  @Test
  void tokenize_wordOfSeveralPieces_knowsWhereEachStands() {
    Tokens tokens = tokenizer.tokenize("my embeddings");
    assertThat(tokens.ids()).containsExactly(101, 2026, 7861, 8270, 4667, 2015, 102);
    assertThat(tokens.pieces())
        .containsExactly(
            new Piece(0, 2), new Piece(3, 5), new Piece(5, 8), new Piece(8, 12), new Piece(12, 13));
  }

  @Test
  void tokenize_accentsAndCase_areDropped() {
    assertThat(tokenizer.tokenize("H\u00c9LLO").ids())
        .isEqualTo(tokenizer.tokenize("hello").ids());
    assertThat(tokenizer.tokenize("he\u0301llo").ids())
        .isEqualTo(tokenizer.tokenize("hello").ids());
  }

  @Test
  void tokenize_nothing_isOnlyTheMarks() {
    assertThat(tokenizer.tokenize("").ids()).containsExactly(101, 102);
    assertThat(tokenizer.tokenize(" \t\u0000\n").ids()).containsExactly(101, 102);
  }

  @Test
  void tokenize_unknownSign_isOneUnknownPiece() {
    assertThat(tokenizer.tokenize("\ud83e\udd84").ids()).containsExactly(101, 100, 102);
    assertThat(tokenizer.tokenize("a".repeat(101)).ids()).containsExactly(101, 100, 102);
  }

  @Test
  void tokenize_longText_isCutAndSaysSo() {
    Tokens tokens = tokenizer.tokenize("word ".repeat(20_000));
    assertThat(tokens.ids()).hasSize(128).endsWith(102);
    assertThat(tokens.truncated()).isTrue();
    assertThat(tokenizer.tokenize("word ".repeat(126)).truncated()).isFalse();
  }
}
