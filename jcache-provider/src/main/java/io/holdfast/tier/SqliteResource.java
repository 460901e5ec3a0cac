package io.holdfast.tier;

import org.ehcache.config.ResourceType;
import org.ehcache.config.SizedResourcePool;

/**
 * The resource that puts a cache into an SQLite file: {@code
 * ResourcePoolsBuilder.with(SqliteResource.SQLITE, 100_000, EntryUnit.ENTRIES, true)}.
 *
 * <p>The size of the pool limits this cache in the file: in entries, or with a {@code MemoryUnit} in
 * bytes of keys and values as they are written. Beneath a heap of the same unit it must be the larger
 * one, as Ehcache demands of every lower tier.
 *
 * <p>With {@code persistent} true the rows stay when the manager closes, and an update is committed
 * when it returns: it survives a killed process. With false the rows are deleted when the cache
 * closes, and at the latest when a manager opens it again.
 *
 * <p>The manager must have been told the file by {@link SqliteFileConfiguration}; else its {@code
 * init} fails with {@code No service found for persistable resource: SQLITE}, and opens nothing.
 */
public enum SqliteResource implements ResourceType<SizedResourcePool> {
  /** One table in the manager's file, under the heap tier or alone. */
  SQLITE;

  /** Below Ehcache's off-heap tier (1000) and disk tier (100): the lowest tier is the authority. */
  private static final int TIER_HEIGHT = 50;

  @Override
  public Class<SizedResourcePool> getResourcePoolClass() {
    return SizedResourcePool.class;
  }

  @Override
  public boolean isPersistable() {
    return true;
  }

  /**
   * False, because codecs turn objects into columns: types that no serializer of Ehcache supports may
   * still have a codec. A serializer that the user sets explicitly is used all the same.
   */
  @Override
  public boolean requiresSerialization() {
    return false;
  }

  @Override
  public int getTierHeight() {
    return TIER_HEIGHT;
  }
}
