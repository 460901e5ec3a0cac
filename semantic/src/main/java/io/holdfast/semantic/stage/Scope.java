package io.holdfast.semantic.stage;

import io.holdfast.response.spi.SemanticScope;
import io.holdfast.semantic.calibrate.BinomialBound;
import io.holdfast.semantic.calibrate.Decision;
import io.holdfast.semantic.calibrate.Evidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What may be served in one namespace. It opens at a look at the evidence that proves the promise, and closes as soon as what has
 * come since speaks against it. What another process decides is heard within {@value #REFRESH_SECONDS} seconds. Safe from any thread.
 */
final class Scope {
  /** Enough to prove any promise; what comes later is kept if it speaks against serving. */
  static final int MAX_PAIRS = 20_000;
  /** A look at little more evidence than the last one would mostly spend confidence. */
  private static final double GROWTH = 1.5;

  static final int REFRESH_SECONDS = 10;
  private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(REFRESH_SECONDS);

  private final String namespace;
  private final Promise promise;
  private final EvidenceCache store;
  private final Consumer<SemanticScope> listener;
  private final LongSupplier nanoTime;
  private final List<Evidence> pairs;
  // Whose pairs this process has learnt.
  private final Set<String> sources = new HashSet<>();
  private Standing standing;
  // As this process has last read or written it.
  private Standing stored;
  private volatile long readAtNanos;
  // Read on every call, and so apart from what is learnt.
  private volatile double threshold;

  Scope(
      String namespace,
      Promise promise,
      EvidenceCache store,
      Consumer<SemanticScope> listener,
      LongSupplier nanoTime) {
    this.namespace = namespace;
    this.promise = promise;
    this.store = store;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.readAtNanos = nanoTime.getAsLong();
    this.pairs = new ArrayList<>(store.pairs());
    this.stored = store.standing();
    this.standing = stored;
    this.threshold = standing.threshold();
    Standing next = next(/* looks= */ false);
    if (!next.equals(standing)) {
      // A process ended between learning and deciding, or the promise is stricter now.
      stand(next);
      keep();
    }
  }

  boolean serves(double score) {
    refresh();
    return score >= threshold;
  }

  /** Somebody may have told another process that an answer was wrong. */
  private void refresh() {
    if (store.isKept() && nanoTime.getAsLong() - readAtNanos >= REFRESH_NANOS) {
      read();
    }
  }

  private synchronized void read() {
    readAtNanos = nanoTime.getAsLong();
    Standing elsewhere = store.standing();
    if (elsewhere.equals(stored)) {
      return;
    }
    boolean wasOpen = standing.isOpen();
    stored = elsewhere;
    pairs.clear();
    pairs.addAll(store.pairs());
    stand(elsewhere);
    if (standing.isOpen() != wasOpen) {
      listener.accept(state());
    }
  }

  private void keep() {
    store.standing(standing);
    stored = standing;
  }

  /** Whether it would tell something to know if such a pair is right. */
  boolean wants(double score) {
    double now = threshold;
    return now == Double.POSITIVE_INFINITY || score >= now;
  }

  /** One more pair was judged. */
  void learn(double score, boolean isRight) {
    if (Double.isFinite(score)) {
      learn(List.of(new Evidence(score, isRight)), /* looks= */ false);
    }
  }

  /**
   * Many pairs were judged.
   *
   * @param looks whether to decide at once, and not only when there is so much more than last time
   */
  synchronized void learn(List<Evidence> judged, boolean looks) {
    learn(judged, looks, store::add);
  }

  /** Whether {@link #learnFrom} was told of this source before: by this process, or by another that shared the evidence. */
  synchronized boolean hasHeardOf(String source) {
    return sources.contains(source) || store.hasHeardOf(source);
  }

  /** The same with a decision, if nobody has told of this source. */
  synchronized void learnFrom(String source, List<Evidence> judged) {
    if (!hasHeardOf(source)) {
      sources.add(source);
      learn(judged, /* looks= */ true, kept -> store.add(kept, source));
    }
  }

  private void learn(List<Evidence> judged, boolean looks, Consumer<List<Evidence>> storing) {
    List<Evidence> kept = judged.stream()
        .filter(pair -> !pair.shouldMatch() || pairs.size() < MAX_PAIRS)
        .toList();
    pairs.addAll(kept);
    Standing before = standing;
    // Before it is stored: a store that fails must not keep this process serving.
    stand(next(looks));
    storing.accept(kept);
    if (!standing.equals(before)) {
      keep();
    }
    if (standing.isOpen() != before.isOpen()) {
      listener.accept(state());
    }
  }

  private void stand(Standing next) {
    standing = next;
    threshold = next.threshold();
  }

  private Standing next(boolean looks) {
    if (standing.isOpen()) {
      return isDisproved() ? standing.closed() : standing;
    }
    return isTimeToLook(looks) ? look(standing.looks() + 1) : standing;
  }

  private boolean isTimeToLook(boolean asked) {
    long needed = promise.calibration(standing.looks() + 1).needed();
    return pairs.size() >= needed && (asked || pairs.size() >= standing.pairs() * GROWTH);
  }

  private Standing look(int number) {
    Decision decision = promise.calibration(number).decide(pairs);
    double least =
        decision instanceof Decision.Serve serve ? serve.threshold() : Double.POSITIVE_INFINITY;
    return new Standing(number, pairs.size(), least, promise.confidence(number));
  }

  /** Whether the evidence at the threshold no longer proves what it proved when the scope was opened. */
  private boolean isDisproved() {
    return standing.isOpen() && bound() > promise.maxFalseHitRate();
  }

  private double bound() {
    return BinomialBound.upper(wrong(), served(), standing.confidence());
  }

  private long served() {
    return pairs.stream().filter(pair -> pair.score() >= standing.threshold()).count();
  }

  private long wrong() {
    return pairs.stream()
        .filter(pair -> pair.score() >= standing.threshold() && !pair.shouldMatch())
        .count();
  }

  synchronized SemanticScope state() {
    boolean isOpen = standing.isOpen();
    return new SemanticScope(
        namespace,
        isOpen,
        standing.threshold(),
        pairs.size(),
        isOpen ? served() : 0,
        isOpen ? wrong() : 0,
        promise
            .calibration(isOpen ? Math.max(1, standing.looks()) : standing.looks() + 1)
            .needed(),
        isOpen ? bound() : 1,
        promise.maxFalseHitRate(),
        promise.confidence());
  }
}
