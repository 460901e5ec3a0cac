package io.holdfast.response;

/**
 * The call failed a short while ago, and {@link ResponseCacheBuilder#rememberFailures} says not to try
 * again yet. Has the message of that failure; of the failure itself only the class name was kept.
 */
public final class RememberedFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String failureClass;

  RememberedFailureException(String failureClass, String message) {
    super(message);
    this.failureClass = failureClass;
  }

  /** The class name of what the call threw. */
  public String failureClass() {
    return failureClass;
  }
}
