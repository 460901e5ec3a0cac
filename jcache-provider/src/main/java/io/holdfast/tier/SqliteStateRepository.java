package io.holdfast.tier;

import io.holdfast.store.StateTable;
import java.io.Serializable;
import java.util.function.Predicate;
import org.ehcache.spi.persistence.StateHolder;
import org.ehcache.spi.persistence.StateRepository;

/**
 * Where a stateful serializer keeps what its bytes depend on (class ids). Every entry is in the file
 * before the call returns, so before the first row that needs it.
 */
record SqliteStateRepository(StateTable table, String name) implements StateRepository {

  @Override
  public <K extends Serializable, V extends Serializable>
      StateHolder<K, V> getPersistentStateHolder(
          String holder,
          Class<K> keyType,
          Class<V> valueType,
          Predicate<Class<?>> isClassPermitted,
          ClassLoader loader) {
    return new SqliteStateHolder<>(
        table,
        name + "/" + holder,
        new StateCodec<>(keyType, isClassPermitted, loader),
        new StateCodec<>(valueType, isClassPermitted, loader));
  }
}
