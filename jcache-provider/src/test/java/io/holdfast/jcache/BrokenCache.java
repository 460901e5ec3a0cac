package io.holdfast.jcache;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** Caches with a well-known fault each, which a test of concurrency has to find. */
final class BrokenCache {
  private BrokenCache() {}

  /** Answers a call in place of the cache. */
  private interface Fault {
    @Nullable
    Object answer(Call call) throws Throwable;
  }

  private record Call(Cache<String, Integer> cache, Method method, List<Object> arguments) {
    boolean is(String name) {
      return method.getName().equals(name);
    }

    boolean changesOneKey() {
      return !is("get") && !is("containsKey") && arguments.get(0) instanceof String;
    }

    String key() {
      return (String) arguments.get(0);
    }

    @Nullable
    Object passOn() throws Throwable {
      try {
        return method.invoke(cache, arguments.toArray());
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Cache<String, Integer> with(Cache<String, Integer> cache, Fault fault) {
    return (Cache<String, Integer>) Proxy.newProxyInstance(
        BrokenCache.class.getClassLoader(),
        new Class<?>[] {Cache.class},
        (proxy, method, arguments) -> fault.answer(
            new Call(cache, method, arguments == null ? List.of() : List.of(arguments))));
  }

  /** Reads, runs the processor, writes: with nothing in between that keeps others away. */
  @SuppressWarnings("unchecked")
  static Cache<String, Integer> nonAtomicInvoke(Cache<String, Integer> cache) {
    return with(cache, call -> {
      if (!call.is("invoke")) {
        return call.passOn();
      }
      LooseEntry entry = new LooseEntry(call.key(), cache.get(call.key()));
      Object result;
      try {
        result = ((EntryProcessor<String, Integer, Object>) call.arguments().get(1)).process(entry);
      } catch (RuntimeException e) {
        throw new EntryProcessorException(e);
      }
      if (entry.value == null) {
        cache.remove(call.key());
      } else {
        cache.put(call.key(), entry.value);
      }
      return result;
    });
  }

  /** Looks, then puts: what was removed in between is handed out twice, and comes back to life. */
  static Cache<String, Integer> nonAtomicGetAndReplace(Cache<String, Integer> cache) {
    return with(cache, call -> {
      if (!call.is("getAndReplace")) {
        return call.passOn();
      }
      Integer before = cache.get(call.key());
      if (before != null) {
        cache.put(call.key(), (Integer) call.arguments().get(1));
      }
      return before;
    });
  }

  /** Keeps for later reads what it read, although a write may have come and gone meanwhile. */
  @SuppressWarnings("unchecked")
  static Cache<String, Integer> staleGetAll(Cache<String, Integer> cache) {
    Map<String, Integer> front = new ConcurrentHashMap<>();
    return with(cache, call -> {
      Integer kept = call.is("get") ? front.get(call.key()) : null;
      if (kept != null) {
        return kept;
      }
      Object answer = call.passOn();
      if (call.is("getAll")) {
        LockSupport.parkNanos(20_000); // the gap in which a write comes and goes
        front.putAll((Map<String, Integer>) answer);
      } else if (call.changesOneKey()) {
        front.remove(call.key());
      } else if (!call.is("get") && !call.is("containsKey")) {
        front.clear();
      }
      return answer;
    });
  }

  private static final class LooseEntry implements MutableEntry<String, Integer> {
    private final String key;
    private @Nullable Integer value;

    LooseEntry(String key, @Nullable Integer value) {
      this.key = key;
      this.value = value;
    }

    @Override
    public String getKey() {
      return key;
    }

    @Override
    public @Nullable Integer getValue() {
      return value;
    }

    @Override
    public boolean exists() {
      return value != null;
    }

    @Override
    public void setValue(Integer newValue) {
      value = newValue;
    }

    @Override
    public void remove() {
      value = null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      throw new IllegalArgumentException(type.getName());
    }
  }
}
