package io.holdfast.bench.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark and the threads behind it were doing whenever JDK Flight Recorder looked, in Java and in
 * native code: stacks, the outermost frame first, and how often each was met. A caller's stack begins with
 * the benchmark, any other with the name of its thread.
 *
 * @param counts by the frames, joined by semicolons
 */
record Stacks(SortedMap<String, Integer> counts) {
  static final String CALLER = "caller";
  private static final String OURS = "io.holdfast.";
  private static final String BENCHMARKS = "io.holdfast.bench.";
  // Where JMH puts its own code, and the end of the name of the method that calls the benchmark's.
  private static final String GENERATED = "jmh_generated";
  private static final String LOOP = "_jmhStub";
  private static final Set<String> SAMPLES =
      Set.of("jdk.ExecutionSample", "jdk.NativeMethodSample");

  /** When somebody looked, and what he saw. */
  private record Sample(Instant at, String stack) {
    boolean isCallers() {
      return stack.startsWith(CALLER + ";");
    }
  }

  /** Reads a recording, whose settings must look into Java and native code equally often. */
  static Stacks read(Path recording) throws IOException {
    List<Sample> samples = new ArrayList<>();
    try (var events = new RecordingFile(recording)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        String stack = SAMPLES.contains(event.getEventType().getName()) ? stack(event) : null;
        if (stack != null) {
          samples.add(new Sample(event.getStartTime(), stack));
        }
      }
    }
    return of(samples);
  }

  // Before the first call and after the last the benchmark is prepared and cleaned up.
  private static Stacks of(List<Sample> samples) throws IOException {
    List<Instant> calls =
        samples.stream().filter(Sample::isCallers).map(Sample::at).sorted().toList();
    if (calls.isEmpty()) {
      throw new IOException("JDK Flight Recorder did not see the benchmark");
    }
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (Sample sample : samples) {
      if (!sample.at().isBefore(calls.get(0))
          && !sample.at().isAfter(calls.get(calls.size() - 1))) {
        counts.merge(sample.stack(), 1, Integer::sum);
      }
    }
    return new Stacks(counts);
  }

  private static @Nullable String stack(RecordedEvent event) {
    if (event.getStackTrace() == null) {
      return null;
    }
    List<String> frames = new ArrayList<>();
    for (RecordedFrame frame : event.getStackTrace().getFrames()) {
      frames.add(name(frame));
    }
    Collections.reverse(frames);
    if (frames.stream().anyMatch(frame -> frame.contains(GENERATED))) {
      return callersStack(frames);
    }
    if (frames.stream().noneMatch(Stacks::isWorkOfOurs)) {
      return null; // JMH's own, or a thread of the JDK that does nothing for us
    }
    return threadName(event) + ";" + String.join(";", frames);
  }

  /** From the benchmark's method on; null in the code that prepares it or counts. */
  private static @Nullable String callersStack(List<String> frames) {
    for (int i = 0; i < frames.size() - 1; i++) {
      if (frames.get(i).endsWith(LOOP)) {
        return CALLER + ";" + String.join(";", frames.subList(i + 1, frames.size()));
      }
    }
    return null;
  }

  private static boolean isWorkOfOurs(String frame) {
    return frame.startsWith(OURS) && !frame.startsWith(BENCHMARKS);
  }

  private static String name(RecordedFrame frame) {
    String type = frame.getMethod().getType().getName();
    int lambda = type.indexOf("$$Lambda");
    return (lambda < 0 ? type : type.substring(0, lambda) + "$$Lambda") + "."
        + frame.getMethod().getName();
  }

  // "holdfast-store cache.db": the file is of no interest.
  private static String threadName(RecordedEvent event) {
    RecordedThread thread = event.getThread("sampledThread");
    String name = thread == null || thread.getJavaName() == null ? "?" : thread.getJavaName();
    int space = name.indexOf(' ');
    return space < 0 ? name : name.substring(0, space);
  }

  /** Of all samples, the share that was in code of this owner: the innermost frame is. */
  double share(Owner owner) {
    return share(stack -> Owner.of(stack.substring(stack.lastIndexOf(';') + 1)) == owner);
  }

  /** Of all samples, the share of other threads than the caller's. */
  double backgroundShare() {
    return share(stack -> !stack.startsWith(CALLER));
  }

  private double share(Predicate<String> chosen) {
    int count = counts.entrySet().stream()
        .filter(entry -> chosen.test(entry.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
    return (double) count / total();
  }

  int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** As programs that draw flame graphs read it. */
  String folded() {
    var text = new StringBuilder();
    counts.forEach(
        (stack, count) -> text.append(stack).append(' ').append(count).append('\n'));
    return text.toString();
  }
}
