package io.holdfast.jcache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.ehcache.core.spi.store.events.StoreEvent;
import org.ehcache.core.spi.store.events.StoreEventListener;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of one cache: hears the store's events in the order of their commits and calls the
 * asynchronous listeners by way of their {@link ListenerQueue}, the synchronous ones through {@link
 * EventLanes}.
 */
final class EntryListeners<K, V> implements StoreEventListener<Object, Object> {
  private static final Logger logger = System.getLogger(EntryListeners.class.getName());

  private final Cache<K, V> source;
  private final Form<K> keys;
  private final Form<V> values;
  private final DirectEventDispatcher dispatcher;
  private final Executor executor;
  private final EventLanes lanes;
  private final Detours detours;
  private final List<ListenerRegistration<K, V>> registrations = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  EntryListeners(
      Cache<K, V> source,
      Form<K> keys,
      Form<V> values,
      DirectEventDispatcher dispatcher,
      Executor executor,
      Detours detours) {
    this.source = source;
    this.detours = detours;
    this.keys = keys;
    this.values = values;
    this.dispatcher = dispatcher;
    this.executor = executor;
    this.lanes = new EventLanes(executor);
  }

  /** To be closed after an operation and after its locks are released: calls the listeners. */
  EventLanes.Scope scope() {
    return registrations.isEmpty() ? EventLanes.Scope.NONE : lanes.open();
  }

  /**
   * Adds a listener.
   *
   * @throws IllegalArgumentException if this configuration is registered already
   */
  synchronized void register(CacheEntryListenerConfiguration<K, V> configuration) {
    if (find(configuration) != null) {
      throw new IllegalArgumentException("This listener configuration is registered already");
    }
    boolean first = registrations.isEmpty();
    registrations.add(new ListenerRegistration<>(configuration, executor));
    if (first) {
      detours.begin(); // a get waits for what listeners are still to hear of its key
      // The store makes events, and reads old values for them, only while somebody listens.
      dispatcher.listen(this);
    }
  }

  synchronized @Nullable CacheEntryListener<? super K, ? super V> deregister(
      CacheEntryListenerConfiguration<K, V> configuration) {
    ListenerRegistration<K, V> found = find(configuration);
    if (found == null) {
      return null;
    }
    registrations.remove(found);
    if (registrations.isEmpty()) {
      dispatcher.stopListening(this);
      detours.end();
    }
    return found.listener();
  }

  /** No event is delivered after this; returns the listeners so that they can be closed. */
  synchronized List<CacheEntryListener<? super K, ? super V>> close() {
    closed = true;
    List<CacheEntryListener<? super K, ? super V>> listeners = registrations.stream()
        .<CacheEntryListener<? super K, ? super V>>map(ListenerRegistration::listener)
        .toList();
    registrations.clear();
    return listeners;
  }

  private @Nullable ListenerRegistration<K, V> find(
      CacheEntryListenerConfiguration<K, V> configuration) {
    for (ListenerRegistration<K, V> registration : registrations) {
      if (registration.configuration().equals(configuration)) {
        return registration;
      }
    }
    return null;
  }

  /** Called by the store, in the order of commits per key, in whatever thread; must not block. */
  @Override
  public void onEvent(StoreEvent<Object, Object> change) {
    EventType type = typeOf(change);
    if (type == null || (type == EventType.UPDATED && AccessCorrection.inForce() != null)) {
      return;
    }
    Kept kept = new Kept(type, change.getKey(), change.getOldValue(), change.getNewValue());
    boolean synchronous = false;
    for (ListenerRegistration<K, V> registration : registrations) {
      if (registration.isSynchronous()) {
        synchronous = true;
      } else {
        registration.asynchronous().add(() -> deliverQuietly(registration, kept));
      }
    }
    if (synchronous) {
      lanes.add(change.getKey().hashCode(), () -> deliverToSynchronous(kept));
    }
  }

  /** An event in the form in which the cache keeps keys and values. */
  private record Kept(
      EventType type,
      Object key,
      @Nullable Object oldValue,
      @Nullable Object newValue) {}

  /** The event for one listener: what it does to the objects reaches neither the cache nor the next. */
  private @Nullable EntryEvent<K, V> copyOf(Kept kept) {
    try {
      V oldValue = kept.oldValue() == null ? null : values.handOut(kept.oldValue());
      V newValue = kept.newValue() == null ? oldValue : values.handOut(kept.newValue());
      if (newValue == null) {
        throw new IllegalStateException("the store gave no value");
      }
      return new EntryEvent<>(source, kept.type(), keys.handOut(kept.key()), newValue, oldValue);
    } catch (RuntimeException e) {
      logger.log(
          Level.WARNING,
          () -> "Could not make a " + kept.type() + " event of cache '" + source.getName() + "'",
          e);
      return null;
    }
  }

  private static @Nullable EventType typeOf(StoreEvent<?, ?> change) {
    return switch (change.getType()) {
      case CREATED -> EventType.CREATED;
      case UPDATED -> EventType.UPDATED;
      case REMOVED -> EventType.REMOVED;
      case EXPIRED -> EventType.EXPIRED;
      case EVICTED -> null; // JSR-107 has no such event
    };
  }

  private void deliverToSynchronous(Kept kept) {
    CacheEntryListenerException failure = null;
    for (ListenerRegistration<K, V> registration : registrations) {
      if (closed || !registration.isSynchronous()) {
        continue;
      }
      try {
        deliver(registration, kept);
      } catch (CacheEntryListenerException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void deliver(ListenerRegistration<K, V> registration, Kept kept) {
    EntryEvent<K, V> event = copyOf(kept);
    if (event != null) {
      registration.deliver(event);
    }
  }

  private void deliverQuietly(ListenerRegistration<K, V> registration, Kept kept) {
    if (closed) {
      return;
    }
    try {
      deliver(registration, kept);
    } catch (CacheEntryListenerException e) {
      logger.log(
          Level.WARNING,
          () -> registration.listener().getClass().getName()
              + " failed on "
              + kept.type()
              + " of cache '"
              + source.getName()
              + "'; continuing",
          e);
    }
  }
}
