package io.holdfast.heap;

import org.ehcache.core.spi.service.ServiceFactory;
import org.ehcache.spi.service.ServiceCreationConfiguration;
import org.jspecify.annotations.Nullable;

/** Makes the heap tier provider. Its rank stays the default: a higher one would hide Ehcache's own tiers. */
public final class HeapTierProviderFactory implements ServiceFactory<HeapTierProvider> {

  @Override
  public HeapTierProvider create(
      @Nullable ServiceCreationConfiguration<HeapTierProvider, ?> configuration) {
    return new HeapTierProvider();
  }

  @Override
  public Class<? extends HeapTierProvider> getServiceType() {
    return HeapTierProvider.class;
  }
}
