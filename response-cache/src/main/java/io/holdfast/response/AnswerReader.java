package io.holdfast.response;

import io.holdfast.response.Counters.Event;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Looks an answer up: what cannot be served, for whatever reason, is not there. */
final class AnswerReader<T> {

  private final String name;
  private final ResponseCodec<T> codec;
  private final InstantSource clock;
  private final GuardedCache cache;
  private final DriftPurge purge;
  private final Counters counters;
  private final OnceLog log;

  AnswerReader(
      ResponseCacheBuilder<T> settings,
      GuardedCache cache,
      DriftPurge purge,
      Counters counters,
      OnceLog log) {
    this.name = settings.name;
    this.codec = settings.codec;
    this.clock = settings.clock;
    this.cache = cache;
    this.purge = purge;
    this.counters = counters;
    this.log = log;
  }

  /** The stored answer, or null. */
  @Nullable
  Answer<T> find(String key) {
    CachedResponse response = cache.find(key);
    if (response == null || purge.isSuperseded(key, response)) {
      return null;
    }
    if (response.isExpired(clock.millis())) {
      counters.count(Event.EXPIRED);
      return null;
    }
    return response.codec().equals(codec.format()) ? decode(key, response) : null;
  }

  private @Nullable Answer<T> decode(String key, CachedResponse response) {
    try {
      if (response.isIntact()) {
        return new Answer<>(
            codec.decode(response.payload()),
            Outcome.HIT,
            response.createdAtMillis(),
            response.computeMillis(),
            response.cost());
      }
      corrupt("wrong checksum or unknown version");
    } catch (RuntimeException e) {
      // Without the exception: a parser's message may quote the answer.
      corrupt(e.getClass().getName());
    }
    cache.remove(key);
    return null;
  }

  private void corrupt(String why) {
    counters.count(Event.CORRUPT);
    log.warn(
        "corrupt",
        () -> "response cache " + name + ": an unreadable entry is a miss: " + why,
        null);
  }
}
