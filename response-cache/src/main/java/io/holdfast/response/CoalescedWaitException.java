package io.holdfast.response;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call waited for another thread's computation of the same key and gave up: interrupted (cause
 * {@link InterruptedException}; the thread's interrupt flag is set again) or out of time (cause {@link
 * java.util.concurrent.TimeoutException}). The computation goes on undisturbed.
 */
public final class CoalescedWaitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CoalescedWaitException(String message, Exception cause) {
    super(message, cause);
  }

  static CoalescedWaitException tooLong(@Nullable Duration maxWait, Exception cause) {
    return new CoalescedWaitException(
        "another call for the same key took longer than " + maxWait, cause);
  }

  static CoalescedWaitException interrupted(InterruptedException cause) {
    return new CoalescedWaitException(
        "interrupted while another call was computing the same key", cause);
  }
}
