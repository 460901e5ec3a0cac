package io.holdfast.response;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;

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
          try {
            return method.invoke(real, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
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
