package io.holdfast.semantic;

/**
 * What makes vectors comparable: they come from the same model, read the same way.
 *
 * @param name the model for people, for example {@code all-minilm-l6-v2-q}
 * @param sha256 of the model file followed by the vocabulary file, in lower-case hexadecimal digits
 * @param dimensions how many numbers a vector has
 */
public record EmbeddingIdentity(String name, String sha256, int dimensions) {

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the digest is not 64 hexadecimal digits or there is no dimension
   */
  public EmbeddingIdentity {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256 must be 64 hexadecimal digits: " + sha256);
    }
    if (dimensions < 1) {
      throw new IllegalArgumentException("dimensions must be positive: " + dimensions);
    }
  }
}
