package io.holdfast.response;

/** There is no stored answer, and {@link CallPolicy#onlyIfCached} forbade to call. */
public final class NotCachedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotCachedException() {
    super("no stored answer, and the policy allows no call (onlyIfCached)");
  }
}
