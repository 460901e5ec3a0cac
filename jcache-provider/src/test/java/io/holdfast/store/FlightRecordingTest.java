package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JDK Flight Recorder hears of a file, in real recordings. */
final class FlightRecordingTest {
  private static final List<String> OURS =
      List.of("io.holdfast.TierRead", "io.holdfast.Commit", "io.holdfast.Checkpoint");

  @TempDir
  Path directory;

  private List<RecordedEvent> recorded(boolean enabled, Runnable work) throws IOException {
    Path file = directory.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      if (enabled) {
        OURS.forEach(recording::enable);
      }
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("io.holdfast."))
        .toList();
  }

  private static List<RecordedEvent> named(String name, List<RecordedEvent> events) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .toList();
  }

  @Test
  void recording_enabled_hearsReadsCommitsAndCheckpoints() throws IOException {
    try (var store = new StoreFixture(directory)) {
      List<RecordedEvent> events = recorded(true, () -> {
        store.store("secret key", "secret value");
        store.value("secret key");
        store.value("no such key");
        store.file().checkpoint();
      });

      List<RecordedEvent> reads = named("io.holdfast.TierRead", events);
      assertThat(reads)
          .extracting(read -> read.getBoolean("found"))
          .containsExactlyInAnyOrder(true, false);
      assertThat(reads).allMatch(read -> read.getString("cache").equals("things"));
      assertThat(reads).allMatch(read -> read.getDuration().compareTo(Duration.ZERO) > 0);
      assertThat(reads)
          .filteredOn(read -> read.getBoolean("found"))
          .extracting(read -> read.getLong("valueBytes"))
          .containsExactly((long) "secret value".length());

      List<RecordedEvent> commits = named("io.holdfast.Commit", events);
      assertThat(commits).isNotEmpty();
      assertThat(commits).allSatisfy(commit -> {
        assertThat(commit.getString("file")).isEqualTo(store.file().path().toString());
        assertThat(commit.getString("durability")).isEqualTo("NORMAL");
        assertThat(commit.getDuration("waitedNanos"))
            .isBetween(Duration.ZERO, commit.getDuration());
      });
      assertThat(commits).anyMatch(commit -> commit.getString("action").equals("write entries"));

      RecordedEvent checkpoint = named("io.holdfast.Checkpoint", events).get(0);
      assertThat(checkpoint.getString("mode")).isEqualTo("TRUNCATE");
      assertThat(checkpoint.getBoolean("busy")).isFalse();

      assertThat(events).allSatisfy(event -> assertThat(event.toString()).doesNotContain("secret"));
    }
  }

  @Test
  void recording_asItComes_hearsNothing() throws IOException {
    try (var store = new StoreFixture(directory)) {
      assertThat(recorded(false, () -> {
            store.store("key", "value");
            store.value("key");
            store.file().checkpoint();
          }))
          .isEmpty();
    }
  }

  @Test
  void everyEvent_andEachOfItsFields_isLabelled() {
    List.of(TierReadEvent.class, CommitEvent.class, CheckpointEvent.class)
        .forEach(FlightRecorder::register);
    List<EventType> types = FlightRecorder.getFlightRecorder().getEventTypes().stream()
        .filter(type -> type.getName().startsWith("io.holdfast."))
        .toList();
    assertThat(types).extracting(EventType::getName).containsAll(OURS);
    for (EventType type : types) {
      assertThat(type.getLabel()).isNotBlank();
      assertThat(type.getDescription()).isNotBlank();
      assertThat(type.getCategoryNames()).containsExactly("Holdfast");
      assertThat(type.getFields())
          .allSatisfy(field -> assertThat(field.getLabel()).isNotBlank());
    }
  }

  /**
   * In a JVM of its own, in which nothing ever recorded. Starting the recorder takes a tenth of what the first
   * opening does; while it is not started, no event is made, so none allocates.
   */
  @Test
  void noRecording_theRecorderIsNotStarted() throws Exception {
    assertThat(output(ChildJvm.command(Unasked.class, directory.toString())))
        .contains("recorder started: false");
  }

  /** A runtime without the module, as somebody has trimmed it: everything else works. */
  @Test
  void runtimeWithoutFlightRecorder_theStoreWorks() throws Exception {
    List<String> command = new ArrayList<>(ChildJvm.command(Trimmed.class, directory.toString()));
    command.addAll(
        1, List.of("--limit-modules", "java.sql,java.management,java.naming,jdk.unsupported"));
    assertThat(output(command)).contains("without: value of key");
  }

  private static String output(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  /** Writes, reads and checkpoints while nobody records. */
  static final class Unasked {

    private Unasked() {}

    public static void main(String[] arguments) {
      try (var store = new StoreFixture(Path.of(arguments[0]))) {
        store.store("key", "value");
        store.value("key");
        store.file().checkpoint();
      }
      System.out.println("recorder started: " + FlightRecorder.isInitialized());
    }
  }

  /** Writes, reads and checkpoints where there is no module {@code jdk.jfr}. */
  static final class Trimmed {

    private Trimmed() {}

    public static void main(String[] arguments) {
      try (var store = new StoreFixture(Path.of(arguments[0]))) {
        store.store("key", "value of key");
        store.file().checkpoint();
        boolean isThere = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
        System.out.println((isThere ? "with: " : "without: ") + store.value("key"));
      }
    }
  }
}
