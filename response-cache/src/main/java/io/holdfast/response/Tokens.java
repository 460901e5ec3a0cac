package io.holdfast.response;

import java.io.Serializable;

/**
 * Tokens that models read and wrote.
 *
 * @param input all that were read
 * @param cachedInput those of them that the model's service had in a cache of its own, and charges less for
 * @param output all that were written
 */
public record Tokens(long input, long cachedInput, long output) implements Serializable {

  /** None at all. */
  public static final Tokens NONE = new Tokens(0, 0, 0);

  private static final long serialVersionUID = 1L;

  public Tokens {
    if (cachedInput < 0 || output < 0 || input < cachedInput) {
      throw new IllegalArgumentException("no count of tokens: " + input + " input, " + cachedInput
          + " cached, " + output + " output");
    }
  }

  /** Both together. */
  public Tokens plus(Tokens other) {
    return new Tokens(input + other.input, cachedInput + other.cachedInput, output + other.output);
  }

  /** What came after an earlier reading of the same counter. */
  Tokens since(Tokens earlier) {
    return new Tokens(
        input - earlier.input, cachedInput - earlier.cachedInput, output - earlier.output);
  }
}
