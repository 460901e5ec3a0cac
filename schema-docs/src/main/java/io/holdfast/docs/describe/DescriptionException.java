package io.holdfast.docs.describe;

/** A table could not be put into words; the message is a sentence for the user. */
public final class DescriptionException extends Exception {
  private static final long serialVersionUID = 1L;

  public DescriptionException(String message) {
    super(message);
  }

  public DescriptionException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
