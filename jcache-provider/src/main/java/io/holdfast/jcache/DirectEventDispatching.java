package io.holdfast.jcache;

import org.ehcache.core.events.CacheEventDispatcher;
import org.ehcache.core.events.CacheEventDispatcherFactory;
import org.ehcache.core.spi.store.Store;
import org.ehcache.spi.service.Service;
import org.ehcache.spi.service.ServiceConfiguration;
import org.ehcache.spi.service.ServiceProvider;

/** Replaces Ehcache's event dispatching by the dispatcher that each of our caches brings along. */
final class DirectEventDispatching implements CacheEventDispatcherFactory {

  @Override
  @SuppressWarnings("unchecked") // every cache of this package is a cache of objects to Ehcache
  public <K, V> CacheEventDispatcher<K, V> createCacheEventDispatcher(
      Store<K, V> store, ServiceConfiguration<?, ?>... serviceConfigurations) {
    for (ServiceConfiguration<?, ?> configuration : serviceConfigurations) {
      if (configuration instanceof DirectEventDispatcher.Configuration ours) {
        return (CacheEventDispatcher<K, V>) ours.dispatcher();
      }
    }
    throw new IllegalStateException("A cache came without its event dispatcher");
  }

  @Override
  public <K, V> void releaseCacheEventDispatcher(CacheEventDispatcher<K, V> dispatcher) {
    dispatcher.shutdown();
  }

  @Override
  public void start(ServiceProvider<Service> services) {
    // Needs no other service.
  }

  @Override
  public void stop() {
    // Holds nothing.
  }
}
