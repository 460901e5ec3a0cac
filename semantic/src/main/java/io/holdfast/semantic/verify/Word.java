package io.holdfast.semantic.verify;

/**
 * A word of a question, with its vector in this question.
 *
 * @param text in lower case; a number without its thousands' commas
 * @param stem what its other forms share
 * @param vector of length 1
 * @param weight how much the word tells: high for rare ones
 * @param kind what part it plays
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity only
record Word(String text, String stem, float[] vector, double weight, Kind kind) {

  enum Kind {
    /** Tells how one asks, not what. */
    FRAME,
    /** In the lexicon: tells an operation or a side. */
    OPERATION,
    NUMBER,
    /** A name or a value. */
    NAME,
    /** All others. */
    CONTENT
  }

  boolean isFrame() {
    return kind == Kind.FRAME;
  }

  /** Letters and digits mixed, as in Q3 or DB2. */
  boolean isCode() {
    return kind == Kind.NAME && text.chars().anyMatch(Character::isDigit);
  }

  boolean isContent() {
    return kind == Kind.CONTENT || kind == Kind.NAME;
  }
}
