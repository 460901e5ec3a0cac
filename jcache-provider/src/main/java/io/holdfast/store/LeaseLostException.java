package io.holdfast.store;

/** A write that a lease was to allow; the lease is no longer its holder's. Nothing was changed. */
public final class LeaseLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLostException() {
    super("The lease has passed to another holder, or its cache was cleared");
  }
}
