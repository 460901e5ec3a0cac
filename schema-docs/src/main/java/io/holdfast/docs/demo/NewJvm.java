package io.holdfast.docs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.docs.describe.BuiltInWriter;
import io.holdfast.docs.profile.ProfileSettings;
import io.holdfast.docs.render.PageDirectory;
import io.holdfast.docs.run.DocumentationCache;
import io.holdfast.docs.run.DocumentationRun;
import io.holdfast.docs.run.JmxReading;
import io.holdfast.docs.run.Progress;
import io.holdfast.docs.run.ReportFile;
import io.holdfast.docs.run.RunException;
import io.holdfast.docs.run.RunReport;
import io.holdfast.docs.run.RunReport.TableRun;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The last step of the demonstration in a JVM of its own, which ends when it has measured.
 *
 * <p>The step itself is its first round: everything is new to this JVM. Then both ways of coming by a
 * document are measured alike, after start-up: rounds with a cache that is opened anew, so that its
 * heap is empty and each look-up reads the file, and rounds with a new file, so that each table is
 * generated. The last round of each counts.
 */
public final class NewJvm {
  private static final long MAX_SECONDS = 300;
  private static final int SERVING_ROUNDS = 20;
  private static final int GENERATING_ROUNDS = 4;

  private final Connection connection;
  private final PageDirectory pages;

  private NewJvm(Connection connection, PageDirectory pages) {
    this.connection = connection;
    this.pages = pages;
  }

  /**
   * What the new JVM found out.
   *
   * @param first its first round, with the beans after it
   * @param serveNanos serving a table from the file, mean of the last round
   * @param generateNanos generating a table, mean of the last round
   */
  record Findings(ReportFile first, long serveNanos, long generateNanos) {}

  /** Where the new JVM starts: engine, URL, user, pages, cache file, work directory. */
  public static void main(String[] arguments) throws Exception {
    Path work = Path.of(arguments[5]);
    DemoDatabase database =
        DemoDatabase.running(DemoEngine.valueOf(arguments[0]), arguments[1], arguments[2]);
    try (Connection connection = database.holdfastConnection()) {
      var jvm = new NewJvm(connection, new PageDirectory(Path.of(arguments[3])));
      jvm.measure(Path.of(arguments[4]), work);
    }
    System.exit(0);
  }

  private void measure(Path cache, Path work)
      throws RunException, SQLException, IOException, InterruptedException {
    RunReport first;
    try (DocumentationCache documents = DocumentationCache.open(cache)) {
      first = document(documents);
      ReportFile.write(work.resolve("report.json"), first, JmxReading.here());
    }
    RunReport served = first;
    for (int round = 1; round < SERVING_ROUNDS; round++) {
      try (DocumentationCache documents = DocumentationCache.open(cache)) {
        served = document(documents);
      }
    }
    RunReport generated = first;
    for (int round = 0; round < GENERATING_ROUNDS; round++) {
      try (DocumentationCache documents =
          DocumentationCache.open(work.resolve("round-" + round + ".db"))) {
        generated = document(documents);
      }
    }
    Files.writeString(
        work.resolve("nanos.json"),
        "{\"serve\": " + mean(served) + ", \"generate\": " + mean(generated) + "}");
  }

  private RunReport document(DocumentationCache documents)
      throws RunException, SQLException, IOException, InterruptedException {
    return new DocumentationRun(
            connection,
            documents.responses(),
            new BuiltInWriter(),
            ProfileSettings.DEFAULT,
            Progress.NONE)
        .run(Demo.TITLE, pages);
  }

  private static long mean(RunReport run) {
    return Math.round(run.tables().stream().mapToLong(TableRun::nanos).average().orElse(0));
  }

  /**
   * Starts the JVM, with the class path and the options of this one, and waits for its end.
   *
   * @param work for its report and its output
   * @throws RunException if it fails; says what it said
   */
  static Findings run(DemoDatabase database, Path pages, Path cache, Path work)
      throws RunException, IOException, InterruptedException {
    Path output = work.resolve("output.txt");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-X") || argument.startsWith("--"))
        .toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), NewJvm.class.getName()));
    command.addAll(List.of(database.engine().name(), database.url(), database.user()));
    command.addAll(List.of(pages.toString(), cache.toString(), work.toString()));
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    try {
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        throw new RunException("The new JVM did not end within " + MAX_SECONDS + " seconds.");
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new RunException("The new JVM failed: " + Files.readString(output).strip());
    }
    JsonNode nanos = new ObjectMapper().readTree(Files.readString(work.resolve("nanos.json")));
    return new Findings(
        ReportFile.read(work.resolve("report.json")),
        nanos.required("serve").asLong(),
        nanos.required("generate").asLong());
  }
}
