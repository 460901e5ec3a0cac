package io.holdfast.response;

import io.holdfast.response.Counters.Event;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Stores an answer, unless something speaks against it; the reason is counted. */
final class AnswerWriter<T> {

  private static final long LONGEST_DAYS = 365_000;

  private final String name;
  private final ResponseCodec<T> codec;
  private final Predicate<? super T> storeIf;
  private final @Nullable Duration timeToLive;
  private final GuardedCache cache;
  private final Counters counters;
  private final OnceLog log;

  AnswerWriter(
      ResponseCacheBuilder<T> settings, GuardedCache cache, Counters counters, OnceLog log) {
    this.name = settings.name;
    this.codec = settings.codec;
    this.storeIf = settings.storeIf;
    this.timeToLive = settings.timeToLive;
    this.cache = cache;
    this.counters = counters;
    this.log = log;
  }

  /** Stores what this flight brought. */
  void store(Flight<T> flight, Answer<T> answer) {
    CachedResponse response = encode(answer);
    if (response == null) {
      return;
    }
    if (flight.isSuperseded()) {
      counters.notStored(NotStoredReason.SUPERSEDED);
      return;
    }
    if (!cache.put(flight.key(), response)) {
      counters.notStored(NotStoredReason.CACHE_FAILURE);
      return;
    }
    // A drift marks the flight before it walks: what the walk passed too early is removed here.
    if (flight.isSuperseded()) {
      cache.remove(flight.key(), response);
      counters.notStored(NotStoredReason.SUPERSEDED);
      return;
    }
    counters.count(Event.STORED);
  }

  private @Nullable CachedResponse encode(Answer<T> answer) {
    try {
      if (!storeIf.test(answer.value())) {
        counters.notStored(NotStoredReason.REFUSED);
        return null;
      }
      return CachedResponse.of(
          codec.format(),
          codec.encode(answer.value()),
          answer.createdAtMillis(),
          expiresAtMillis(answer.createdAtMillis()),
          answer.computeMillis(),
          answer.computeCost());
    } catch (RuntimeException e) {
      counters.notStored(NotStoredReason.NOT_ENCODABLE);
      // Without the exception, whose message may quote the answer.
      log.warn(
          "encode",
          () -> "response cache " + name + ": an answer cannot be stored: "
              + e.getClass().getName(),
          null);
      return null;
    }
  }

  private long expiresAtMillis(long createdAtMillis) {
    if (timeToLive == null || timeToLive.toDays() > LONGEST_DAYS) {
      return Long.MAX_VALUE;
    }
    return createdAtMillis + timeToLive.toMillis();
  }
}
