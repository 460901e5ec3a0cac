package io.holdfast.codec;

/** An object could not be turned into a column, or a column into an object. Names types, never values. */
public sealed class CodecException extends RuntimeException permits OutdatedCellException {
  private static final long serialVersionUID = 1L;

  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }

  public CodecException(String message) {
    super(message);
  }
}
