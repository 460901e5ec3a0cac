package io.holdfast.response;

import io.holdfast.response.Counters.Event;
import io.holdfast.response.spi.ResponseLeases;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Stores an answer, unless something speaks against it; the reason is counted. */
final class AnswerWriter<T> {

  private final String name;
  private final ResponseCodec<T> codec;
  private final Predicate<? super T> storeIf;
  private final @Nullable Duration timeToLive;
  private final Map<String, Duration> timeToLiveOfNamespace;
  private final RememberedFailures failures;
  private final Privacy privacy;
  private final long maxStreamCharacters;
  private final InstantSource clock;
  private final GuardedCache cache;
  private final Counters counters;
  private final OnceLog log;
  private final @Nullable AnswerLimit limit;
  private final SemanticHits<T> semantic;

  AnswerWriter(
      ResponseCacheBuilder<T> settings,
      GuardedCache cache,
      Counters counters,
      OnceLog log,
      @Nullable AnswerLimit limit,
      SemanticHits<T> semantic) {
    this.name = settings.name;
    this.codec = settings.codec;
    this.storeIf = settings.storeIf;
    this.timeToLive = settings.timeToLive;
    this.timeToLiveOfNamespace = Map.copyOf(settings.timeToLiveOfNamespace);
    this.failures = settings.failures;
    this.privacy = settings.privacy;
    this.maxStreamCharacters = settings.maxStreamCharacters;
    this.clock = settings.clock;
    this.cache = cache;
    this.counters = counters;
    this.log = log;
    this.limit = limit;
    this.semantic = semantic;
  }

  /** Stores what this flight brought, with the pieces it came in, if it did. */
  void store(Flight<T> flight, Answer<T> answer, List<Chunk> chunks) {
    if (flight.call().policy().noStore()) {
      refused(NotStoredReason.NO_STORE);
      return;
    }
    if (chunks.stream().mapToLong(chunk -> chunk.text().length()).sum() > maxStreamCharacters) {
      refused(NotStoredReason.TOO_LARGE);
      return;
    }
    CachedResponse response = encode(flight, answer, chunks);
    if (response != null && put(flight, response)) {
      counters.count(Event.STORED);
      semantic.stored(flight, answer, response);
      if (limit != null) {
        limit.stored();
      }
    }
  }

  /** Stores that this flight failed, where failures are remembered. */
  void storeFailure(Flight<T> flight, Throwable failure) {
    if (flight.call().policy().noStore()) {
      return;
    }
    CachedResponse entry = null;
    try {
      entry = failures.entryFor(failure, privacy, clock.millis());
    } catch (RuntimeException e) {
      log.warn(
          "failures",
          () -> "response cache " + name + ": a failure cannot be remembered: "
              + e.getClass().getName(),
          null);
    }
    if (entry != null) {
      put(flight, entry);
    }
  }

  /** An answer is not stored. */
  void refused(NotStoredReason reason) {
    counters.notStored(reason);
  }

  private boolean put(Flight<T> flight, CachedResponse response) {
    if (flight.isSuperseded()) {
      counters.notStored(NotStoredReason.SUPERSEDED);
      return false;
    }
    ResponseLeases.Held lease = flight.lease();
    boolean written =
        lease == null ? cache.put(flight.key(), response) : cache.putIfHeld(lease, response);
    if (!written) {
      counters.notStored(NotStoredReason.CACHE_FAILURE);
      return false;
    }
    // A drift marks the flight before it walks: what the walk passed too early is removed here.
    if (flight.isSuperseded()) {
      cache.remove(flight.key(), response);
      counters.notStored(NotStoredReason.SUPERSEDED);
      return false;
    }
    return true;
  }

  private @Nullable CachedResponse encode(Flight<T> flight, Answer<T> answer, List<Chunk> chunks) {
    Call call = flight.call();
    try {
      if (!storeIf.test(answer.value())) {
        counters.notStored(NotStoredReason.REFUSED);
        return null;
      }
      String payload = codec.encode(answer.value());
      String redacted = privacy.redacted(payload);
      if (!redacted.equals(payload)) {
        // What nobody can read again is not worth storing.
        codec.decode(redacted);
      }
      return CachedResponse.of(
          codec.format(),
          redacted,
          answer.createdAtMillis(),
          expiresAtMillis(call, answer.createdAtMillis()),
          answer.computeMillis(),
          answer.computeCost(),
          privacy.chunks(chunks, payload, redacted),
          answer.usage(),
          privacy.question(call),
          semantic.meaning(flight));
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

  private long expiresAtMillis(Call call, long createdAtMillis) {
    Duration life = call.policy().timeToLive();
    if (life == null) {
      life = timeToLiveOfNamespace.getOrDefault(call.namespace(), timeToLive);
    }
    return life == null ? Long.MAX_VALUE : Durations.endMillis(createdAtMillis, life);
  }
}
