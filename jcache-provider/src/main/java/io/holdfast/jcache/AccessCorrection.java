package io.holdfast.jcache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An access after which an entry expires earlier than before, or never: what an expiry policy says
 * about an access counts as it is (JSR-107, {@code ExpiryPolicy.getExpiryForAccess}), but a copy in
 * Ehcache's heap only takes over a later expiry. So it is noted, and when the operation has left
 * Ehcache the entry itself is changed and the copy dropped.
 *
 * <p>Policies whose access never shortens a life, as all five of JSR-107, make no corrections, unless
 * the entry was written under another policy.
 */
final class AccessCorrection {
  private static final ThreadLocal<@Nullable List<AccessCorrection>> NOTED = new ThreadLocal<>();
  private static final ThreadLocal<@Nullable AccessCorrection> IN_FORCE = new ThreadLocal<>();

  private final Object key;
  private final Object value;
  private final Duration expiry;
  private boolean isSuperseded;

  private AccessCorrection(Object key, Object value, Duration expiry) {
    this.key = key;
    this.value = value;
    this.expiry = expiry;
  }

  static void note(Object key, Object value, Duration expiry) {
    List<AccessCorrection> noted = NOTED.get();
    if (noted == null) {
      noted = new ArrayList<>();
      NOTED.set(noted);
    }
    noted.add(new AccessCorrection(key, value, expiry));
  }

  /** Takes what this thread has noted. */
  static List<AccessCorrection> take() {
    List<AccessCorrection> noted = NOTED.get();
    if (noted == null) {
      return List.of();
    }
    NOTED.remove();
    return noted;
  }

  /** The correction that this thread is carrying out, or null. */
  static @Nullable AccessCorrection inForce() {
    return IN_FORCE.get();
  }

  Object key() {
    return key;
  }

  /** What the policy said at the access; null once another value has taken the entry's place. */
  @Nullable
  Duration expiry() {
    return isSuperseded ? null : expiry;
  }

  /** Tells the correction what is there now; the access was to the value that was there then. */
  void meets(@Nullable Object current) {
    isSuperseded = !Objects.equals(value, current);
  }

  /** Runs the change; the expiry policy is not asked again, this correction answers for it. */
  void carryOut(Runnable change) {
    IN_FORCE.set(this);
    try {
      change.run();
    } finally {
      IN_FORCE.remove();
    }
  }
}
