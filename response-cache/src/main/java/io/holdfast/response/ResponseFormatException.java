package io.holdfast.response;

/** A text is not what a codec wrote, or a value cannot be written. Names types, never values. */
public final class ResponseFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ResponseFormatException(String message) {
    super(message);
  }
}
