package io.holdfast.heap;

import java.util.function.Supplier;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.jspecify.annotations.Nullable;

/**
 * A key whose entry is being read from the tier below. It stands in the map before the reading begins:
 * a change of the entry meets either the fault, and takes it away, or nothing, and then the reading
 * sees what was changed.
 *
 * <p>Whoever needs the entry first does the reading; the others wait for it.
 */
final class Fault<K, V> implements Slot<K, V> {
  private @Nullable Supplier<@Nullable ValueHolder<V>> reading;
  private @Nullable ValueHolder<V> read;
  private @Nullable Throwable failure;

  Fault(Supplier<@Nullable ValueHolder<V>> reading) {
    this.reading = reading;
  }

  @Override
  public synchronized @Nullable ValueHolder<V> holder() {
    Supplier<@Nullable ValueHolder<V>> toDo = reading;
    if (toDo != null) {
      try {
        read = toDo.get();
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      reading = null;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    return read;
  }
}
