package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.SchemaWatch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JDK Flight Recorder hears of DDL and drift, in real recordings. */
class FlightRecordingTest {

  private static final String URL = "jdbc:holdfast:h2:mem:recorded;DB_CLOSE_DELAY=-1";

  @TempDir
  Path directory;

  @AfterEach
  void endTheWatch() {
    SchemaWatch.shutdown();
  }

  private List<RecordedEvent> recorded(boolean enabled) throws Exception {
    Path file = directory.resolve("recording.jfr");
    try (var recording = new Recording();
        Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement()) {
      if (enabled) {
        recording.enable("io.holdfast.DdlHeard");
        recording.enable("io.holdfast.SchemaDrift");
      }
      statement.execute("CREATE TABLE ORDERS (ID INT PRIMARY KEY, NOTE VARCHAR(80))");
      recording.start();
      statement.execute("INSERT INTO ORDERS VALUES (1, 'a secret')");
      statement.execute("ALTER TABLE ORDERS ADD COLUMN PRICE INT DEFAULT 4711");
      recording.stop();
      recording.dump(file);
      statement.execute("SHUTDOWN");
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("io.holdfast."))
        .toList();
  }

  @Test
  void recording_enabled_hearsTheStatementAndTheDrift() throws Exception {
    List<RecordedEvent> events = recorded(true);
    assertThat(events)
        .extracting(event -> event.getEventType().getName())
        .containsExactlyInAnyOrder("io.holdfast.DdlHeard", "io.holdfast.SchemaDrift");
    RecordedEvent heard = one("io.holdfast.DdlHeard", events);
    assertThat(heard.getString("judgement")).isEqualTo("DDL_CERTAIN");
    assertThat(heard.getStackTrace().getFrames())
        .anyMatch(
            frame -> frame.getMethod().getType().getName().equals(getClass().getName()));

    RecordedEvent drift = one("io.holdfast.SchemaDrift", events);
    assertThat(drift.getString("database")).isEqualTo(heard.getString("database"));
    assertThat(drift.getString("table")).isEqualTo("PUBLIC.ORDERS");
    assertThat(drift.getString("origin")).isEqualTo("OWN_CONNECTION");
    assertThat(drift.getString("statementKind")).isEqualTo("ALTER");
    assertThat(drift.getInt("changes")).isEqualTo(1);
    assertThat(drift.getInstant("observedAtMillis")).isBeforeOrEqualTo(drift.getEndTime());
    assertThat(events)
        .allSatisfy(event -> assertThat(event.toString()).doesNotContain("secret", "4711"));
  }

  @Test
  void recording_asItComes_hearsNothing() throws Exception {
    assertThat(recorded(false)).isEmpty();
  }

  private static RecordedEvent one(String name, List<RecordedEvent> events) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
