package io.holdfast.response;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The computations under way, at most one per key. */
final class Flights<T> {

  private final ConcurrentHashMap<String, Flight<T>> inFlight = new ConcurrentHashMap<>();
  private final Set<Flight<T>> alone = ConcurrentHashMap.newKeySet();
  private final AtomicLong ended = new AtomicLong();

  /**
   * How many flights have ended. A caller that notes this before it looks into the cache, finds
   * nothing, becomes leader and still reads the same number knows that nobody stored in between.
   */
  long ended() {
    return ended.get();
  }

  /**
   * The flight of somebody else for this key; null if there was none, and {@code mine} is it now. One
   * that must not be shared neither joins nor is joined.
   */
  @Nullable
  Flight<T> join(Flight<T> mine) {
    if (!mine.call().policy().isShared()) {
      alone.add(mine);
      return null;
    }
    return inFlight.putIfAbsent(mine.key(), mine);
  }

  /** Ends a flight; call it after the answer is visible in the cache. */
  void end(Flight<T> flight) {
    ended.incrementAndGet();
    alone.remove(flight);
    // This flight only: after a drift another one may have its place.
    inFlight.remove(flight.key(), flight);
  }

  /** Those of such keys must not be stored, and nobody joins them from now on. */
  void supersede(Predicate<String> keys) {
    alone.stream().filter(flight -> keys.test(flight.key())).forEach(Flight::supersede);
    inFlight.forEach((key, flight) -> {
      if (keys.test(key)) {
        flight.supersede();
        inFlight.remove(key, flight);
      }
    });
  }

  int size() {
    return inFlight.size();
  }
}
