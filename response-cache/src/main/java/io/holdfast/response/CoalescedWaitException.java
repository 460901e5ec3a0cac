package io.holdfast.response;

/**
 * A call waited for another thread's computation of the same key and gave up: interrupted (cause
 * {@link InterruptedException}; the thread's interrupt flag is set again) or out of time (cause {@link
 * java.util.concurrent.TimeoutException}). The computation goes on undisturbed.
 */
public final class CoalescedWaitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CoalescedWaitException(String message, Exception cause) {
    super(message, cause);
  }
}
