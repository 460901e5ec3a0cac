package io.holdfast.semantic.verify;

import io.holdfast.semantic.Embedding;
import io.holdfast.semantic.verify.Lexicon.Pole;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A text as the verifier reads it.
 *
 * @param words in order
 * @param poles where it stands on the axes of the lexicon
 * @param isReadable whether it is in English, as far as one can tell
 * @param numbers written with digits or as words, in one form
 */
record Question(
    Embedding embedding,
    List<Word> words,
    Set<Pole> poles,
    Set<String> numbers,
    boolean isReadable) {

  /** Returns the first content word at or after a place, among the next few. */
  Optional<Word> contentFrom(int at, int reach) {
    return words.subList(Math.min(at, words.size()), Math.min(words.size(), at + reach)).stream()
        .filter(Word::isContent)
        .findFirst();
  }
}
