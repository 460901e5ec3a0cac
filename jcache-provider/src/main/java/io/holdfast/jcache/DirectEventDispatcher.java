package io.holdfast.jcache;

import java.util.EnumSet;
import java.util.List;
import org.ehcache.Cache;
import org.ehcache.core.CacheConfigurationChangeListener;
import org.ehcache.core.events.CacheEventDispatcher;
import org.ehcache.core.spi.store.events.StoreEventListener;
import org.ehcache.core.spi.store.events.StoreEventSource;
import org.ehcache.event.CacheEventListener;
import org.ehcache.event.EventFiring;
import org.ehcache.event.EventOrdering;
import org.ehcache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Hands the store's events to {@link EntryListeners} in the thread that made them. Ehcache's own
 * dispatcher would start threads per cache and take every event through one of them.
 */
final class DirectEventDispatcher implements CacheEventDispatcher<Object, Object> {
  private @Nullable StoreEventSource<Object, Object> source;

  synchronized void listen(StoreEventListener<Object, Object> listener) {
    StoreEventSource<Object, Object> store = requireSource();
    store.setEventOrdering(true);
    store.setSynchronous(true);
    store.addEventListener(listener);
  }

  synchronized void stopListening(StoreEventListener<Object, Object> listener) {
    StoreEventSource<Object, Object> store = requireSource();
    store.removeEventListener(listener);
    store.setEventOrdering(false);
    store.setSynchronous(false);
  }

  private StoreEventSource<Object, Object> requireSource() {
    if (source == null) {
      throw new IllegalStateException("Ehcache has not connected the store yet");
    }
    return source;
  }

  @Override
  public synchronized void setStoreEventSource(StoreEventSource<Object, Object> eventSource) {
    source = eventSource;
  }

  @Override
  public void registerCacheEventListener(
      CacheEventListener<? super Object, ? super Object> listener,
      EventOrdering ordering,
      EventFiring firing,
      EnumSet<EventType> eventTypes) {
    throw new UnsupportedOperationException(
        "Register a javax.cache.event.CacheEntryListener with the JSR-107 cache instead");
  }

  @Override
  public void deregisterCacheEventListener(
      CacheEventListener<? super Object, ? super Object> listener) {
    throw new IllegalStateException("Not registered: " + listener.getClass().getName());
  }

  @Override
  public void shutdown() {
    // Listeners are closed by the cache that registered them; there are no threads here.
  }

  @Override
  public void setListenerSource(Cache<Object, Object> cache) {
    // Events name the JSR-107 cache as their source, not Ehcache's.
  }

  @Override
  public List<CacheConfigurationChangeListener> getConfigurationChangeListeners() {
    return List.of();
  }

  /** The configuration by which a cache brings its dispatcher to {@link DirectEventDispatching}. */
  record Configuration(DirectEventDispatcher dispatcher)
      implements org.ehcache.spi.service.ServiceConfiguration<DirectEventDispatching, Void> {
    @Override
    public Class<DirectEventDispatching> getServiceType() {
      return DirectEventDispatching.class;
    }
  }
}
