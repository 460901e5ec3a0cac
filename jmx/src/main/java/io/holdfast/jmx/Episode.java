package io.holdfast.jmx;

import org.jspecify.annotations.Nullable;

/**
 * Makes two pieces of news of a counter that rises and rises: that it began, and that it has ended.
 * Only when nothing has happened for a minute is it over, so that a limit which is reached again and
 * again is not news again and again. For one thread at a time.
 */
final class Episode {

  static final long QUIET_MILLIS = 60_000;

  private static final long UNKNOWN = -1;

  private long lastCount = UNKNOWN;
  private long beganAtMillis;
  private long lastAtMillis;
  private long times;
  private boolean goesOn;

  /**
   * What has begun or ended.
   *
   * @param begins false if it ended
   * @param beganAtMillis when it was first seen, in Unix milliseconds
   * @param lastAtMillis when it was last seen
   * @param times how often it happened in between
   */
  record News(boolean begins, long beganAtMillis, long lastAtMillis, long times) {

    /** The news as user data; what is added may say more. */
    UserData toUserData(String type, String description) {
      return new UserData(type, description)
          .with("beganAtMillis", beganAtMillis)
          .with("lastAtMillis", lastAtMillis)
          .with("times", times);
    }
  }

  /** Looks at the counter; what was there at the first look is no news. */
  @Nullable
  News look(long count, long nowMillis) {
    // Fewer than before: somebody counts anew.
    long risen = lastCount == UNKNOWN || count < lastCount ? 0 : count - lastCount;
    lastCount = count;
    if (risen > 0) {
      return happened(risen, nowMillis);
    }
    if (goesOn && nowMillis - lastAtMillis >= QUIET_MILLIS) {
      goesOn = false;
      return news(/* begins= */ false);
    }
    return null;
  }

  private @Nullable News happened(long risen, long nowMillis) {
    lastAtMillis = nowMillis;
    if (goesOn) {
      times += risen;
      return null;
    }
    goesOn = true;
    beganAtMillis = nowMillis;
    times = risen;
    return news(/* begins= */ true);
  }

  private News news(boolean begins) {
    return new News(begins, beganAtMillis, lastAtMillis, times);
  }
}
