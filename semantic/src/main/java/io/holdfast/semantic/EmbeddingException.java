package io.holdfast.semantic;

/** A model cannot be loaded or does not compute. The message names the file and the action, never the text. */
public final class EmbeddingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Tells that {@code action} failed.
   *
   * @param action what was tried, for example {@code load the model model.onnx}
   */
  public EmbeddingException(String action, Throwable cause) {
    super("Could not " + action + ": " + cause.getMessage(), cause);
  }
}
