package io.holdfast.heap;

import io.holdfast.tier.HeapAbove;
import org.ehcache.spi.service.ServiceConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Asks for this heap tier instead of Ehcache's, in the configuration of one cache, and names the tier
 * that came of it. Cannot serve two caches.
 */
public final class HeapTierConfiguration
    implements ServiceConfiguration<HeapTierProvider, Void>, HeapAbove {
  private volatile @Nullable HeapTier<?, ?> tier;

  @Override
  public @Nullable HeapTier<?, ?> copies() {
    return tier;
  }

  /**
   * The heap tier of the cache.
   *
   * @throws IllegalStateException if Ehcache has not made the cache
   */
  @SuppressWarnings("unchecked") // whoever configured the cache knows its types
  public <K, V> HeapTier<K, V> tier() {
    HeapTier<?, ?> made = tier;
    if (made == null) {
      throw new IllegalStateException("Ehcache has not made the cache of this configuration");
    }
    return (HeapTier<K, V>) made;
  }

  void connect(HeapTier<?, ?> made) {
    if (tier != null) {
      throw new IllegalStateException("A heap tier configuration serves one cache");
    }
    tier = made;
  }

  @Override
  public Class<HeapTierProvider> getServiceType() {
    return HeapTierProvider.class;
  }
}
