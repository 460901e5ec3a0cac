package io.holdfast.encryption;

import org.jspecify.annotations.Nullable;

/**
 * A value could not be encrypted, or keys could not be had. Nothing was written. Names files and settings,
 * never keys or their ids.
 */
public final class EncryptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EncryptionException(String message) {
    super(message);
  }

  public EncryptionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
