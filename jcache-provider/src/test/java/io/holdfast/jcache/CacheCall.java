package io.holdfast.jcache;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessorException;
import org.jspecify.annotations.Nullable;

/**
 * A kind of call: how it is made, and what it means for one entry when nobody else is there. Calls on
 * several keys mean one step for each key: JSR-107 promises no more.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions hold nothing
enum CacheCall {
  GET(single((cache, key, a, b) -> cache.get(key)), (now, a, b) -> Step.answer(now)),
  CONTAINS_KEY(
      single((cache, key, a, b) -> cache.containsKey(key)),
      (now, a, b) -> Step.answer(now != null)),
  PUT(
      single((cache, key, a, b) -> {
        cache.put(key, a);
        return null;
      }),
      (now, a, b) -> Step.write(null, a)),
  PUT_IF_ABSENT(
      single((cache, key, a, b) -> cache.putIfAbsent(key, a)),
      (now, a, b) -> now == null ? Step.write(true, a) : Step.answer(false)),
  GET_AND_PUT(
      single((cache, key, a, b) -> cache.getAndPut(key, a)), (now, a, b) -> Step.write(now, a)),
  REMOVE(
      single((cache, key, a, b) -> cache.remove(key)),
      (now, a, b) -> Step.write(now != null, null)),
  REMOVE_VALUE(
      single((cache, key, a, b) -> cache.remove(key, a)),
      (now, a, b) -> Objects.equals(now, a) ? Step.write(true, null) : Step.answer(false)),
  GET_AND_REMOVE(
      single((cache, key, a, b) -> cache.getAndRemove(key)), (now, a, b) -> Step.write(now, null)),
  REPLACE(
      single((cache, key, a, b) -> cache.replace(key, a)),
      (now, a, b) -> now == null ? Step.answer(false) : Step.write(true, a)),
  REPLACE_VALUE(
      single((cache, key, a, b) -> cache.replace(key, a, b)),
      (now, a, b) -> Objects.equals(now, a) ? Step.write(true, b) : Step.answer(false)),
  GET_AND_REPLACE(
      single((cache, key, a, b) -> cache.getAndReplace(key, a)),
      (now, a, b) -> now == null ? Step.answer(null) : Step.write(now, a)),
  INCREMENT(
      single((cache, key, a, b) -> cache.invoke(key, CacheCall::increment)),
      (now, a, b) -> Step.write(incremented(now), incremented(now))),
  SET_AND_REMOVE(
      single((cache, key, a, b) -> cache.invoke(key, (entry, arguments) -> {
        Integer before = entry.getValue();
        entry.setValue(1000);
        entry.remove();
        return before;
      })),
      (now, a, b) -> Step.write(now, null)),
  FAILING_PROCESSOR(
      single((cache, key, a, b) -> failAfterSetting(cache, key)), (now, a, b) -> Step.answer(now)),
  GET_ALL(
      (cache, keys, a, b) -> new HashMap<>(cache.getAll(Set.copyOf(keys))),
      (now, a, b) -> Step.answer(now)),
  PUT_ALL(
      (cache, keys, a, b) -> {
        Map<String, Integer> entries = new HashMap<>();
        keys.forEach(key -> entries.put(key, a));
        cache.putAll(entries);
        return Map.of();
      },
      (now, a, b) -> Step.write(null, a)),
  REMOVE_ALL(
      (cache, keys, a, b) -> {
        cache.removeAll(Set.copyOf(keys));
        return Map.of();
      },
      (now, a, b) -> Step.write(null, null)),
  INCREMENT_ALL(
      (cache, keys, a, b) -> {
        Map<String, Object> results = new HashMap<>();
        cache
            .invokeAll(Set.copyOf(keys), CacheCall::increment)
            .forEach((key, result) -> results.put(key, result.get()));
        return results;
      },
      (now, a, b) -> Step.write(incremented(now), incremented(now))),
  /** Every key of the cache, which are those of this round. */
  CLEAR(
      (cache, keys, a, b) -> {
        cache.clear();
        return Map.of();
      },
      (now, a, b) -> Step.write(null, null));

  /** Atomic per key, whatever else is called. */
  static final List<CacheCall> PER_KEY = List.of(
      GET,
      CONTAINS_KEY,
      PUT,
      PUT_IF_ABSENT,
      GET_AND_PUT,
      REMOVE,
      REMOVE_VALUE,
      GET_AND_REMOVE,
      REPLACE,
      REPLACE_VALUE,
      GET_AND_REPLACE,
      INCREMENT,
      SET_AND_REMOVE,
      FAILING_PROCESSOR,
      GET_ALL,
      PUT_ALL,
      REMOVE_ALL,
      INCREMENT_ALL);

  private final Performance performance;
  private final Meaning meaning;

  CacheCall(Performance performance, Meaning meaning) {
    this.performance = performance;
    this.meaning = meaning;
  }

  /** Makes the call; the answer for each key, absent for null. */
  Map<String, Object> perform(Cache<String, Integer> cache, List<String> keys, int a, int b) {
    return performance.perform(cache, keys, a, b);
  }

  /** What one step does to an entry, and answers. */
  Step stepFrom(@Nullable Integer now, int a, int b) {
    return meaning.stepFrom(now, a, b);
  }

  /** Whether it is made for all keys of a round, not for one. */
  boolean isBulk() {
    return !(performance instanceof OneKey);
  }

  /**
   * A step.
   *
   * @param answer what the call returns for the key
   * @param wrote whether the entry is another one afterwards
   * @param after the new value if it wrote, null for no entry
   */
  record Step(
      @Nullable Object answer, boolean wrote, @Nullable Integer after) {
    static Step answer(@Nullable Object answer) {
      return new Step(answer, false, null);
    }

    static Step write(@Nullable Object answer, @Nullable Integer after) {
      return new Step(answer, true, after);
    }
  }

  private interface Performance {
    Map<String, Object> perform(Cache<String, Integer> cache, List<String> keys, int a, int b);
  }

  private interface Single {
    @Nullable
    Object perform(Cache<String, Integer> cache, String key, int a, int b);
  }

  private interface Meaning {
    Step stepFrom(@Nullable Integer now, int a, int b);
  }

  private static Performance single(Single call) {
    return new OneKey(call);
  }

  private record OneKey(Single call) implements Performance {
    @Override
    public Map<String, Object> perform(
        Cache<String, Integer> cache, List<String> keys, int a, int b) {
      Object answer = call.perform(cache, keys.get(0), a, b);
      return answer == null ? Map.of() : Map.of(keys.get(0), answer);
    }
  }

  private static int incremented(@Nullable Integer now) {
    return now == null ? 1 : now + 1;
  }

  private static Integer increment(
      javax.cache.processor.MutableEntry<String, Integer> entry, Object... arguments) {
    int next = entry.exists() ? entry.getValue() + 1 : 1;
    entry.setValue(next);
    return next;
  }

  /** Answers what the processor had read when it failed. */
  private static @Nullable Object failAfterSetting(Cache<String, Integer> cache, String key) {
    Integer[] seen = new Integer[1];
    try {
      cache.invoke(key, (entry, arguments) -> {
        seen[0] = entry.getValue();
        entry.setValue(2000);
        throw new IllegalStateException("on purpose");
      });
    } catch (EntryProcessorException expected) {
      return seen[0];
    }
    throw new AssertionError("the processor's failure is lost");
  }
}
