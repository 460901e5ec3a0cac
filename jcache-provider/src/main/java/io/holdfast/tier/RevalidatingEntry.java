package io.holdfast.tier;

import java.util.function.Function;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.jspecify.annotations.Nullable;

/**
 * One answer of {@code getAll}, which reads its row again if the key may have been written since, by
 * this process or another.
 *
 * <p>The heap first reads all missing rows and installs them later. A {@code put} in between commits,
 * finds nothing in the heap to invalidate, and the heap would then install the old value and serve it
 * until it is evicted. The heap asks for the value inside the fault that installs it, so a write that
 * this check does not see yet will find that fault and invalidate it.
 */
final class RevalidatingEntry<K, V> implements FileAnswer<K, V> {
  private final K key;
  private final FaultedKeys.@Nullable Mark mark;
  private final WriteCounters writes;
  private final HeapLink<K, V> heap;
  private final Function<K, @Nullable ValueHolder<V>> readAgain;
  private @Nullable ValueHolder<V> holder;
  private long stamp;
  private long foreignGeneration;

  RevalidatingEntry(
      K key,
      @Nullable ValueHolder<V> holder,
      FaultedKeys.@Nullable Mark mark,
      long stamp,
      long foreignGeneration,
      WriteCounters writes,
      HeapLink<K, V> heap,
      Function<K, @Nullable ValueHolder<V>> readAgain) {
    this.key = key;
    this.holder = holder;
    this.mark = mark;
    this.stamp = stamp;
    this.foreignGeneration = foreignGeneration;
    this.writes = writes;
    this.heap = heap;
    this.readAgain = readAgain;
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public @Nullable ValueHolder<V> asRead() {
    return holder;
  }

  /** Reads the file only if the key, or one that shares its stripe, was written meanwhile. */
  @Override
  public @Nullable ValueHolder<V> getValue() {
    if (mark != null) {
      // One of its own for each copy of the key; it comes before the comparison.
      heap.mark(key, mark.again());
    }
    long now = writes.current(key);
    long foreignNow = heap.foreignGeneration();
    if (now != stamp || foreignNow != foreignGeneration) {
      holder = readAgain.apply(key);
      stamp = now;
      foreignGeneration = foreignNow;
    }
    return holder;
  }

  @Override
  public ValueHolder<V> setValue(@Nullable ValueHolder<V> value) {
    throw new UnsupportedOperationException("an answer of getAll is read only");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RevalidatingEntry<?, ?> entry && key.equals(entry.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }
}
