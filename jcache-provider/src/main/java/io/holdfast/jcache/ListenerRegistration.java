package io.holdfast.jcache;

import java.util.List;
import java.util.concurrent.Executor;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.jspecify.annotations.Nullable;

/** A listener with its filter, made from its configuration once. */
final class ListenerRegistration<K, V> {
  private final CacheEntryListenerConfiguration<K, V> configuration;
  private final CacheEntryListener<? super K, ? super V> listener;
  private final @Nullable CacheEntryEventFilter<? super K, ? super V> filter;
  private final ListenerQueue asynchronous;

  ListenerRegistration(CacheEntryListenerConfiguration<K, V> configuration, Executor executor) {
    this.configuration = configuration;
    this.listener = configuration.getCacheEntryListenerFactory().create();
    Factory<CacheEntryEventFilter<? super K, ? super V>> filterFactory =
        configuration.getCacheEntryEventFilterFactory();
    this.filter = filterFactory == null ? null : filterFactory.create();
    this.asynchronous = new ListenerQueue(executor);
  }

  CacheEntryListenerConfiguration<K, V> configuration() {
    return configuration;
  }

  CacheEntryListener<? super K, ? super V> listener() {
    return listener;
  }

  boolean isSynchronous() {
    return configuration.isSynchronous();
  }

  /** What is called for an asynchronous listener, in threads of the executor. */
  ListenerQueue asynchronous() {
    return asynchronous;
  }

  /**
   * Calls the listener if it is of this event's kind and its filter lets the event pass.
   *
   * @throws CacheEntryListenerException for whatever listener or filter throw, errors excepted
   */
  void deliver(EntryEvent<K, V> event) {
    try {
      if (filter == null || filter.evaluate(event)) {
        call(List.of(event));
      }
    } catch (CacheEntryListenerException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheEntryListenerException(
          "A cache entry listener failed on " + event.getEventType(), e);
    }
  }

  // A listener interface says which kinds of events it wants; Java cannot say that its type
  // parameters are those of the configuration.
  @SuppressWarnings("unchecked")
  private void call(List<CacheEntryEvent<? extends K, ? extends V>> events) {
    switch (events.get(0).getEventType()) {
      case CREATED -> {
        if (listener instanceof CacheEntryCreatedListener) {
          ((CacheEntryCreatedListener<K, V>) listener).onCreated(events);
        }
      }
      case UPDATED -> {
        if (listener instanceof CacheEntryUpdatedListener) {
          ((CacheEntryUpdatedListener<K, V>) listener).onUpdated(events);
        }
      }
      case REMOVED -> {
        if (listener instanceof CacheEntryRemovedListener) {
          ((CacheEntryRemovedListener<K, V>) listener).onRemoved(events);
        }
      }
      case EXPIRED -> {
        if (listener instanceof CacheEntryExpiredListener) {
          ((CacheEntryExpiredListener<K, V>) listener).onExpired(events);
        }
      }
    }
  }
}
