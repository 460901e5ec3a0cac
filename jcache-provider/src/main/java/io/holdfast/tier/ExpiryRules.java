package io.holdfast.tier;

import io.holdfast.store.StoredEntry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;
import org.ehcache.config.builders.ExpiryPolicyBuilder;
import org.ehcache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * When an entry dies, as the user's policy says. A result that is not after now means at once. A
 * policy that throws, or gives a negative duration, means at once too; null keeps what was.
 */
record ExpiryRules<K, V>(ExpiryPolicy<? super K, ? super V> policy) {
  private static final Class<?> TIME_TO_LIVE =
      ExpiryPolicyBuilder.timeToLiveExpiration(Duration.ofDays(1)).getClass();
  private static final Logger LOGGER = System.getLogger(ExpiryRules.class.getName());

  /** Whether a new value lives on, and equally long whether it creates an entry or updates one. */
  boolean ignoresWhatWasThere(K key, V value) {
    return policy == ExpiryPolicy.NO_EXPIRY
        || (policy.getClass() == TIME_TO_LIVE && onCreation(key, value, 0) > 0);
  }

  long onCreation(K key, V value, long nowMillis) {
    if (policy == ExpiryPolicy.NO_EXPIRY) {
      return StoredEntry.NEVER;
    }
    return at(() -> policy.getExpiryForCreation(key, value), nowMillis, nowMillis);
  }

  long onAccess(K key, Supplier<V> value, long currentMillis, long nowMillis) {
    if (policy == ExpiryPolicy.NO_EXPIRY) {
      return currentMillis;
    }
    return at(() -> policy.getExpiryForAccess(key, value), currentMillis, nowMillis);
  }

  long onUpdate(K key, Supplier<V> oldValue, V newValue, long currentMillis, long nowMillis) {
    if (policy == ExpiryPolicy.NO_EXPIRY) {
      return currentMillis;
    }
    return at(() -> policy.getExpiryForUpdate(key, oldValue, newValue), currentMillis, nowMillis);
  }

  private static long at(
      Supplier<@Nullable Duration> callback, long otherwiseMillis, long nowMillis) {
    Duration duration;
    try {
      duration = callback.get();
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, () -> "An expiry policy failed; the entry expires at once", e);
      return nowMillis;
    }
    if (duration == null) {
      return otherwiseMillis;
    }
    if (duration.compareTo(ExpiryPolicy.INFINITE) >= 0) {
      return StoredEntry.NEVER; // some 292 years to Ehcache, which would read as a real date
    }
    if (duration.isNegative()) {
      return nowMillis;
    }
    try {
      return Math.addExact(nowMillis, duration.toMillis());
    } catch (ArithmeticException e) {
      return StoredEntry.NEVER; // longer than 64 bits of milliseconds
    }
  }
}
