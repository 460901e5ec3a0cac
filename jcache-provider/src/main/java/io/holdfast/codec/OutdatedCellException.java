package io.holdfast.codec;

/**
 * A column was written when a class in it had another shape, or was there at all. Nobody can read it
 * any more, and nothing is wrong with the file.
 */
public final class OutdatedCellException extends CodecException {
  private static final long serialVersionUID = 1L;

  OutdatedCellException(String message, Throwable cause) {
    super(message, cause);
  }

  OutdatedCellException(String message) {
    super(message);
  }
}
