package io.holdfast.tier;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ehcache.core.events.StoreEventDispatcher;
import org.ehcache.core.events.StoreEventSink;
import org.ehcache.core.spi.store.events.StoreEventFilter;
import org.ehcache.core.spi.store.events.StoreEventListener;
import org.ehcache.impl.store.DefaultStoreEventDispatcher;

/** Ehcache's event dispatcher, which also says whether anybody listens. */
final class TierEvents<K, V> implements StoreEventDispatcher<K, V> {
  private final StoreEventDispatcher<K, V> dispatcher;
  private final Set<StoreEventListener<K, V>> listeners = ConcurrentHashMap.newKeySet();

  TierEvents(int concurrency) {
    dispatcher = new DefaultStoreEventDispatcher<>(concurrency);
  }

  /** Without listeners no event value needs to be decoded. */
  boolean hasListeners() {
    return !listeners.isEmpty();
  }

  @Override
  public StoreEventSink<K, V> eventSink() {
    return dispatcher.eventSink();
  }

  @Override
  public void releaseEventSink(StoreEventSink<K, V> sink) {
    dispatcher.releaseEventSink(sink);
  }

  @Override
  public void releaseEventSinkAfterFailure(StoreEventSink<K, V> sink, Throwable failure) {
    dispatcher.releaseEventSinkAfterFailure(sink, failure);
  }

  @Override
  public void reset(StoreEventSink<K, V> sink) {
    dispatcher.reset(sink);
  }

  @Override
  public void addEventListener(StoreEventListener<K, V> listener) {
    listeners.add(listener);
    dispatcher.addEventListener(listener);
  }

  @Override
  public void removeEventListener(StoreEventListener<K, V> listener) {
    dispatcher.removeEventListener(listener);
    listeners.remove(listener);
  }

  @Override
  public void addEventFilter(StoreEventFilter<K, V> filter) {
    dispatcher.addEventFilter(filter);
  }

  @Override
  public void setEventOrdering(boolean ordering) {
    dispatcher.setEventOrdering(ordering);
  }

  @Override
  public void setSynchronous(boolean synchronous) {
    dispatcher.setSynchronous(synchronous);
  }

  @Override
  public boolean isEventOrdering() {
    return dispatcher.isEventOrdering();
  }
}
