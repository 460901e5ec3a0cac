package io.holdfast.jmx;

import io.holdfast.response.ResponseStatistics;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Tells when a response cache leaves the cache underneath alone, and when it uses it again. */
final class ResponseNotices implements Sampler.Look {

  static final String BYPASS_BEGAN = "io.holdfast.response.bypass.began";
  static final String BYPASS_ENDED = "io.holdfast.response.bypass.ended";

  private final String name;
  private final Supplier<ResponseStatistics> statistics;
  private final InstantSource clock;
  private final Notifier notifier;
  private boolean bypassed;
  private long bypassedBefore;

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
            BYPASS_ENDED));
  }

  Notifier notifier() {
    return notifier;
  }

  @Override
  public synchronized void begin() {
    ResponseStatistics now = statistics.get();
    bypassed = now.circuitOpen();
    bypassedBefore = now.bypassed();
  }

  @Override
  public synchronized void look() {
    ResponseStatistics now = statistics.get();
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
