package io.holdfast.response;

import io.holdfast.jcache.Lease;
import io.holdfast.jcache.Leases;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** A real cache between whose every operation and the caller stands a switch. */
final class FaultyCache {

  private final Cache<String, CachedResponse> view;
  private final AtomicInteger calls = new AtomicInteger();
  volatile boolean readsFail;
  volatile boolean writesFail;

  @SuppressWarnings("unchecked") // the proxy stands for this very type
  FaultyCache(Cache<String, CachedResponse> real) {
    this.view = (Cache<String, CachedResponse>) Proxy.newProxyInstance(
        Cache.class.getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, arguments) -> {
          calls.incrementAndGet();
          boolean read = method.getName().equals("get");
          if (read ? readsFail : writesFail) {
            throw new CacheException("the disk is gone");
          }
          Object result = invoke(method, real, arguments);
          return result instanceof Leases<?, ?> leases ? faulty(Leases.class, leases) : result;
        });
  }

  /** Leases that can be had, and whose writes fail as those of the cache do. */
  private <L> L faulty(Class<L> type, Object real) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          if (method.getName().equals("putIfHeld") && writesFail) {
            throw new CacheException("the disk is gone");
          }
          Object result = invoke(method, real, arguments);
          return result instanceof Optional<?> lease
              ? lease.map(held -> faulty(Lease.class, held))
              : result;
        }));
  }

  private static @Nullable Object invoke(Method method, Object real, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  Cache<String, CachedResponse> view() {
    return view;
  }

  void everythingFails(boolean fails) {
    readsFail = fails;
    writesFail = fails;
  }

  /** Operations that reached this cache, failed ones included. */
  int calls() {
    return calls.get();
  }
}
