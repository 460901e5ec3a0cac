package io.holdfast.semantic;

import java.util.List;

/**
 * The vectors of one text, of one run of the model.
 *
 * <p>The arrays are shared, not copied: whoever holds an embedding must not write into them.
 *
 * @param text the text as it was given
 * @param sentence one vector of length 1 for the whole text
 * @param pieces where each piece stands in the text, in order
 * @param pieceVectors one vector per piece, not normalised
 * @param truncated whether the end of the text did not fit into the model and is in none of the vectors
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Embedding(
    String text, float[] sentence, List<Piece> pieces, float[][] pieceVectors, boolean truncated) {

  /** Checks that each piece has its vector. */
  public Embedding {
    pieces = List.copyOf(pieces);
    if (pieces.size() != pieceVectors.length) {
      throw new IllegalArgumentException(
          pieces.size() + " pieces, but " + pieceVectors.length + " vectors");
    }
  }

  /**
   * A part of a text that the model knows: a word, a part of a word, a sign.
   *
   * @param start index of its first {@code char}
   * @param end index after its last {@code char}
   */
  public record Piece(int start, int end) {}

  /** Returns the cosine similarity of the two texts, from -1 to 1. */
  public double cosine(Embedding other) {
    return Vectors.dot(sentence, other.sentence);
  }
}
