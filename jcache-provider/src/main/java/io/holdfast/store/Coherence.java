package io.holdfast.store;

import java.time.Duration;

/**
 * How soon copies in memory learn that another process changed their rows.
 *
 * @param mode how
 * @param maxDelay for {@link Mode#POLL}, the time after which a copy that another process's
 *     acknowledged commit made old is not served any more, give or take the scheduling of a thread; at
 *     least 1 ms
 */
public record Coherence(Mode mode, Duration maxDelay) {

  /** Ten milliseconds. */
  public static final Duration DEFAULT_MAX_DELAY = Duration.ofMillis(10);

  /** The default: a thread looks at the file often enough. */
  public static final Coherence POLL = new Coherence(Mode.POLL, DEFAULT_MAX_DELAY);

  /** How copies are kept honest. */
  public enum Mode {
    /** A thread looks for commits while there are copies; reading a copy costs nothing more. */
    POLL,
    /** Each read of a copy looks first: it never is older than what was acknowledged before. */
    STRICT,
    /** Nobody looks: right only where one process uses the file. */
    OFF
  }

  public Coherence {
    if (maxDelay.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("maxDelay must be at least 1 ms: " + maxDelay);
    }
  }
}
