package io.holdfast.jmx;

import io.holdfast.response.ResponseStatistics;
import io.holdfast.response.SemanticStatistics;
import io.holdfast.response.spi.SemanticScope;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tells when a response cache leaves the cache underneath alone, and when it uses it again; and when answers to other
 * words begin to be served in a namespace, or cease to be.
 */
final class ResponseNotices implements Sampler.Look {

  static final String BYPASS_BEGAN = "io.holdfast.response.bypass.began";
  static final String BYPASS_ENDED = "io.holdfast.response.bypass.ended";

  static final String SEMANTIC_OPENED = "io.holdfast.response.semantic.opened";
  static final String SEMANTIC_CLOSED = "io.holdfast.response.semantic.closed";

  private final String name;
  private final Supplier<ResponseStatistics> statistics;
  private final InstantSource clock;
  private final Notifier notifier;
  private boolean bypassed;
  private long bypassedBefore;
  private Set<String> open = Set.of();

  ResponseNotices(
      String name, Supplier<ResponseStatistics> statistics, InstantSource clock, Sampler sampler) {
    this.name = name;
    this.statistics = statistics;
    this.clock = clock;
    this.notifier = Notifier.of(
        name,
        sampler.watching(this),
        Notifier.kind(
            "The cache underneath failed repeatedly and is left alone for a while, or is in use again: user data says how many calls did without it",
            BYPASS_BEGAN,
            BYPASS_ENDED),
        Notifier.kind(
            "Answers to the same question in other words begin to be served in a namespace, or cease to be: user data says what the evidence is",
            SEMANTIC_OPENED,
            SEMANTIC_CLOSED));
  }

  Notifier notifier() {
    return notifier;
  }

  @Override
  public synchronized void begin() {
    ResponseStatistics now = statistics.get();
    bypassed = now.circuitOpen();
    bypassedBefore = now.bypassed();
    open = open(now.semantic());
  }

  private static Set<String> open(SemanticStatistics semantic) {
    return semantic.scopes().stream()
        .filter(SemanticScope::isOpen)
        .map(SemanticScope::namespace)
        .collect(Collectors.toSet());
  }

  @Override
  public synchronized void look() {
    ResponseStatistics now = statistics.get();
    lookAtCircuit(now);
    Set<String> before = open;
    open = open(now.semantic());
    now.semantic().scopes().stream()
        .filter(scope -> scope.isOpen() != before.contains(scope.namespace()))
        .forEach(this::tell);
  }

  private void tell(SemanticScope scope) {
    notifier.send(
        scope.isOpen() ? SEMANTIC_OPENED : SEMANTIC_CLOSED,
        clock.millis(),
        name + ": answers to other words are " + (scope.isOpen() ? "" : "no longer ")
            + "served in namespace " + scope.namespace(),
        new UserData("SemanticPoint", "What the evidence allows in a namespace")
            .with("namespace", scope.namespace())
            .with("evidence", scope.evidence())
            .with("served", scope.served())
            .with("wrong", scope.wrong())
            .with("needed", scope.needed()));
  }

  private void lookAtCircuit(ResponseStatistics now) {
    if (now.circuitOpen() == bypassed) {
      return;
    }
    bypassed = now.circuitOpen();
    if (bypassed) {
      bypassedBefore = now.bypassed();
    }
    long without = now.bypassed() - bypassedBefore;
    notifier.send(
        bypassed ? BYPASS_BEGAN : BYPASS_ENDED,
        clock.millis(),
        bypassed
            ? name + ": the cache failed repeatedly and is left alone for a while"
            : name + ": the cache is in use again; calls that did without it: " + without,
        new UserData("Bypass", "Calls that did without a cache that failed")
            .with("calls", without)
            .with("readFailures", now.readFailures())
            .with("writeFailures", now.writeFailures()));
  }
}
