package io.holdfast.response;

import java.io.Serializable;
import java.util.Objects;

/**
 * What one call used.
 *
 * @param model the model that answered, as its service names it
 * @param tokens how many
 */
public record Usage(String model, Tokens tokens) implements Serializable {

  private static final long serialVersionUID = 1L;

  public Usage {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(tokens, "tokens");
  }
}
