package io.holdfast.response;

import java.io.Serializable;

/**
 * Where a question stands among others, stored with its answer: of calls that may be answered
 * {@linkplain ResponseCacheBuilder#semantic by their meaning}.
 *
 * @param partition a hash of everything in the call but the wording; one word
 * @param vector as the {@linkplain io.holdfast.response.spi.SemanticStage stage} writes it; one line
 */
public record Meaning(String partition, String vector) implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * Checks the form.
   *
   * @throws ResponseFormatException if it is not one word and one line
   */
  public Meaning {
    if (partition.isEmpty() || partition.indexOf(' ') >= 0 || partition.indexOf('\n') >= 0) {
      throw new ResponseFormatException("a partition is one word");
    }
    if (vector.indexOf('\n') >= 0) {
      throw new ResponseFormatException("a vector is one line");
    }
  }

  /** Without the vector, which tells of the question. */
  @Override
  public String toString() {
    return "Meaning[" + partition + "]";
  }
}
