package io.holdfast.tier;

import java.util.Map;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.jspecify.annotations.Nullable;

/**
 * What {@code getAll} found under a key, for a heap tier that keeps some of the answers and hands the
 * others on. {@link #getValue} is for one that is kept, and is asked inside the fault that installs it: the
 * tier below takes note of a copy then.
 */
public interface FileAnswer<K, V> extends Map.Entry<K, @Nullable ValueHolder<V>> {

  /** The value for a caller who does not keep it; null for none. Nothing is noted or read. */
  @Nullable
  ValueHolder<V> asRead();
}
