package io.holdfast.response;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** A counter for each constant. Safe from any thread. */
final class EnumCounters<E extends Enum<E>> {

  private final Class<E> type;
  private final EnumMap<E, LongAdder> adders;

  EnumCounters(Class<E> type) {
    this.type = type;
    this.adders = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      adders.put(constant, new LongAdder());
    }
  }

  void count(E constant) {
    adder(constant).increment();
  }

  long sum(E constant) {
    return adder(constant).sum();
  }

  /** Of every constant. */
  Map<E, Long> sums() {
    var sums = new EnumMap<E, Long>(type);
    adders.forEach((constant, adder) -> sums.put(constant, adder.sum()));
    return sums;
  }

  private LongAdder adder(E constant) {
    LongAdder adder = adders.get(constant);
    if (adder == null) {
      throw new IllegalStateException("every constant has its adder: " + constant);
    }
    return adder;
  }
}
