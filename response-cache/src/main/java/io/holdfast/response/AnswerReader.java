package io.holdfast.response;

import io.holdfast.response.Counters.Event;
import io.holdfast.response.Flight.Landing;
import java.time.InstantSource;
import java.util.List;
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

  /** What is stored and may be served to this caller: an answer, a failure to remember, or null. */
  @Nullable
  Landing<T> find(Call call) {
    return call.policy().noCache() ? null : read(call, cache.find(call.key()));
  }

  /** The same once more, for a call whose expired answer was counted the first time. */
  @Nullable
  Landing<T> findAgain(Call call) {
    return call.policy().noCache() ? null : read(call, cache.find(call.key()), /* again= */ true);
  }

  /** The same of an entry, null if there was none, that was looked up already. */
  @Nullable
  Landing<T> read(Call call, @Nullable CachedResponse response) {
    return read(call, response, /* again= */ false);
  }

  private @Nullable Landing<T> read(Call call, @Nullable CachedResponse response, boolean again) {
    if (response == null || purge.isSuperseded(call.key(), response)) {
      return null;
    }
    long nowMillis = clock.millis();
    if (response.isExpired(nowMillis)) {
      if (!again) {
        counters.count(Event.EXPIRED);
      }
      return null;
    }
    if (call.policy().isTooOld(response, nowMillis)) {
      return null;
    }
    boolean isFailure = RememberedFailures.isFailure(response);
    return isFailure || response.codec().equals(codec.format())
        ? decode(call, response, isFailure)
        : null;
  }

  /** Whether this entry, as far as one can tell without reading the answer, may answer this call. */
  boolean isServable(Call call, CachedResponse response) {
    long nowMillis = clock.millis();
    return !purge.isSuperseded(call.key(), response)
        && !response.isExpired(nowMillis)
        && !call.policy().isTooOld(response, nowMillis)
        && response.codec().equals(codec.format());
  }

  private @Nullable Landing<T> decode(Call call, CachedResponse response, boolean isFailure) {
    try {
      if (response.isIntact()) {
        return isFailure
            ? new Landing.Failed<>(RememberedFailures.read(response))
            : new Landing.Answered<>(
                answer(response),
                call.streamed() ? Chunk.read(response.chunks(), response.payload()) : List.of());
      }
      corrupt("wrong checksum or unknown version");
    } catch (RuntimeException e) {
      // Without the exception: a parser's message may quote the answer.
      corrupt(e.getClass().getName());
    }
    cache.remove(call.key());
    return null;
  }

  private Answer<T> answer(CachedResponse response) {
    return new Answer<>(
        codec.decode(response.payload()),
        Outcome.HIT,
        response.createdAtMillis(),
        response.computeMillis(),
        response.cost(),
        response.usage());
  }

  private void corrupt(String why) {
    counters.count(Event.CORRUPT);
    log.warn(
        "corrupt",
        () -> "response cache " + name + ": an unreadable entry is a miss: " + why,
        null);
  }
}
