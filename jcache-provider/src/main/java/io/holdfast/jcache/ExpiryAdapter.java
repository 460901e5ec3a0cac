package io.holdfast.jcache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.ehcache.config.builders.ExpiryPolicyBuilder;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.ehcache.core.spi.time.TimeSource;
import org.ehcache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A JSR-107 expiry policy as Ehcache asks for it.
 *
 * <p>Ehcache consults access expiry in places where JSR-107 forbids it, such as a {@code putIfAbsent}
 * that finds an entry; {@link #withoutAccess} keeps such a look from counting as an access. And its
 * heap only ever lengthens the life of an entry by an access; {@link AccessCorrection} does the rest.
 */
final class ExpiryAdapter implements ExpiryPolicy<Object, Object> {
  private static final Logger logger = System.getLogger(ExpiryAdapter.class.getName());

  private static final ThreadLocal<Boolean> QUIET = ThreadLocal.withInitial(() -> false);

  /** Keys whose new entries were to expire at once, as policies have answered in this thread. */
  private static final ThreadLocal<Set<Object>> STILLBORN = ThreadLocal.withInitial(HashSet::new);

  private final javax.cache.expiry.ExpiryPolicy policy;
  private final TimeSource clock;

  private ExpiryAdapter(javax.cache.expiry.ExpiryPolicy policy, TimeSource clock) {
    this.policy = policy;
    this.clock = clock;
  }

  /** The heap has cheaper strategies for two of Ehcache's own policies, so the plain cases map to them. */
  static ExpiryPolicy<Object, Object> adapt(
      javax.cache.expiry.ExpiryPolicy policy, TimeSource clock) {
    if (policy instanceof EternalExpiryPolicy && policy.getClass() == EternalExpiryPolicy.class) {
      return ExpiryPolicy.NO_EXPIRY;
    }
    if (policy instanceof ModifiedExpiryPolicy && policy.getClass() == ModifiedExpiryPolicy.class) {
      Duration timeToLive = convert(policy.getExpiryForCreation());
      if (timeToLive != null && !timeToLive.isZero()) {
        return ExpiryPolicyBuilder.timeToLiveExpiration(timeToLive);
      }
    }
    return new ExpiryAdapter(policy, clock);
  }

  /** Whether an access changes nothing about an entry, and nobody can tell that it was not asked about. */
  static boolean ignoresAccess(ExpiryPolicy<Object, Object> adapted) {
    return !(adapted instanceof ExpiryAdapter adapter)
        || adapter.policy.getClass() == CreatedExpiryPolicy.class;
  }

  /** Runs something that looks at entries without having accessed them. */
  static <T extends @Nullable Object> T withoutAccess(Supplier<T> look) {
    boolean before = QUIET.get();
    QUIET.set(true);
    try {
      return look.get();
    } finally {
      QUIET.set(before);
    }
  }

  /** Forgets what earlier operations of this thread left. */
  static void expectBirths() {
    Set<Object> stillborn = STILLBORN.get();
    if (!stillborn.isEmpty()) {
      stillborn.clear();
    }
  }

  /**
   * How many entries, since {@link #expectBirths}, were to expire at their creation: JSR-107 does not
   * add such an entry, so it is no put. Ehcache does not say so itself.
   */
  static int countStillborn() {
    Set<Object> stillborn = STILLBORN.get();
    int count = stillborn.size();
    if (count > 0) {
      stillborn.clear();
    }
    return count;
  }

  @Override
  public Duration getExpiryForCreation(Object key, Object value) {
    Duration duration = convert(policy.getExpiryForCreation());
    if (duration != null && duration.isZero()) {
      STILLBORN.get().add(key);
    }
    return duration == null ? INFINITE : duration;
  }

  @Override
  public @Nullable Duration getExpiryForAccess(Object key, Supplier<?> value) {
    if (QUIET.get()) {
      return null;
    }
    AccessCorrection inForce = AccessCorrection.inForce();
    if (inForce != null) {
      return inForce.expiry();
    }
    Duration duration = accessExpiry();
    if (duration != null
        && value instanceof ValueHolder<?> copy
        && !canBeTakenOver(copy, duration)) {
      AccessCorrection.note(key, copy.get(), duration);
    }
    return duration;
  }

  private @Nullable Duration accessExpiry() {
    try {
      return convert(policy.getExpiryForAccess());
    } catch (RuntimeException e) {
      logger.log(Level.WARNING, () -> "An expiry policy failed; the entry expires at once", e);
      return Duration.ZERO;
    }
  }

  /** Whether the heap gives its copy this expiry, and the file may learn of it later. */
  private boolean canBeTakenOver(ValueHolder<?> copy, Duration duration) {
    // In this order, or another thread's access between the two would look like a longer life.
    long expiresAtMillis = copy.expirationTime();
    long nowMillis = clock.getTimeMillis();
    if (duration.equals(INFINITE)) {
      return expiresAtMillis == ValueHolder.NO_EXPIRE;
    }
    return expiresAtMillis != ValueHolder.NO_EXPIRE
        && duration.toMillis() >= expiresAtMillis - nowMillis
        && !duration.isZero();
  }

  @Override
  public @Nullable Duration getExpiryForUpdate(Object key, Supplier<?> oldValue, Object newValue) {
    AccessCorrection inForce = AccessCorrection.inForce();
    return inForce == null ? convert(policy.getExpiryForUpdate()) : inForce.expiry();
  }

  private static @Nullable Duration convert(javax.cache.expiry.@Nullable Duration duration) {
    if (duration == null) {
      return null;
    }
    if (duration.isEternal()) {
      return INFINITE;
    }
    return Duration.ofMillis(duration.getTimeUnit().toMillis(duration.getDurationAmount()));
  }
}
