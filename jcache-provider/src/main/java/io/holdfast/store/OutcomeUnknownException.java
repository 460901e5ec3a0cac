package io.holdfast.store;

import java.nio.file.Path;

/** COMMIT failed in a way that leaves open whether the changes are in the file. */
public final class OutcomeUnknownException extends StoreException {
  private static final long serialVersionUID = 1L;

  public OutcomeUnknownException(String action, Path file, Throwable cause) {
    super(action, file, cause);
  }
}
