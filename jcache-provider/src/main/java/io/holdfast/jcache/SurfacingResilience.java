package io.holdfast.jcache;

import java.util.Map;
import javax.cache.CacheException;
import org.ehcache.Cache;
import org.ehcache.spi.resilience.ResilienceStrategy;
import org.ehcache.spi.resilience.StoreAccessException;

/**
 * Lets every failure of the store reach the caller. Ehcache's default answers a failed read with a
 * miss and a failed write with silence, after which the old value may come back.
 */
final class SurfacingResilience implements ResilienceStrategy<Object, Object> {
  private final String cacheName;

  SurfacingResilience(String cacheName) {
    this.cacheName = cacheName;
  }

  private CacheException failure(String action, StoreAccessException cause) {
    return Failures.of(action, cacheName, cause);
  }

  @Override
  public Object getFailure(Object key, StoreAccessException e) {
    throw failure("read an entry", e);
  }

  @Override
  public boolean containsKeyFailure(Object key, StoreAccessException e) {
    throw failure("look for a key", e);
  }

  @Override
  public void putFailure(Object key, Object value, StoreAccessException e) {
    throw failure("write an entry", e);
  }

  @Override
  public void removeFailure(Object key, StoreAccessException e) {
    throw failure("remove an entry", e);
  }

  @Override
  public void clearFailure(StoreAccessException e) {
    throw failure("clear all entries", e);
  }

  @Override
  public Cache.Entry<Object, Object> iteratorFailure(StoreAccessException e) {
    throw failure("iterate", e);
  }

  @Override
  public Object putIfAbsentFailure(Object key, Object value, StoreAccessException e) {
    throw failure("write an absent entry", e);
  }

  @Override
  public boolean removeFailure(Object key, Object value, StoreAccessException e) {
    throw failure("remove an entry by value", e);
  }

  @Override
  public Object replaceFailure(Object key, Object value, StoreAccessException e) {
    throw failure("replace an entry", e);
  }

  @Override
  public boolean replaceFailure(Object key, Object value, Object newValue, StoreAccessException e) {
    throw failure("replace an entry by value", e);
  }

  @Override
  public Map<Object, Object> getAllFailure(
      Iterable<? extends Object> keys, StoreAccessException e) {
    throw failure("read entries", e);
  }

  @Override
  public void putAllFailure(
      Map<? extends Object, ? extends Object> entries, StoreAccessException e) {
    throw failure("write entries", e);
  }

  @Override
  public void removeAllFailure(Iterable<? extends Object> keys, StoreAccessException e) {
    throw failure("remove entries", e);
  }
}
