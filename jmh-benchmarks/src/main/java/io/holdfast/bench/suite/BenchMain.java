package io.holdfast.bench.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.bench.CpuTimeProfiler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./holdfast bench}. */
@Command(
    name = "holdfast bench",
    description = "Measures Holdfast beside its peers; writes JSON, a table and a picture.",
    mixinStandardHelpOptions = true)
public final class BenchMain implements Callable<Integer> {

  @Option(
      names = "--quick",
      description = "One fork, short rounds, one size of values, one thread: some minutes, rough.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      defaultValue = "docs/benchmarks",
      description = "Where comparison.{json,md,svg} go (${DEFAULT-VALUE}).")
  private Path directory = Path.of(".");

  private BenchMain() {}

  /** Exits with 0, or with 2 if something cannot be measured or written. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchMain())
        .setExecutionExceptionHandler((e, line, parsed) -> {
          line.getErr().println("holdfast bench: " + e.getMessage());
          return 2;
        })
        .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    Files.createDirectories(directory);
    List<RunResult> raw = new ArrayList<>();
    List<Scores> tables = new ArrayList<>();
    List<Comparison> comparisons = Comparison.chosen(quick);
    for (Comparison comparison : comparisons) {
      System.err.printf(
          "%d of %d: %s%n",
          comparisons.indexOf(comparison) + 1, comparisons.size(), comparison.title());
      Collection<RunResult> results = new Runner(options(comparison)).run();
      raw.addAll(results);
      tables.addAll(tables(comparison, results));
    }
    write("comparison.json", json(raw));
    write("comparison.svg", ScoreChart.svg(tables));
    write("comparison.md", ScoreTable.markdown(introduction(), "comparison.svg", tables));
    return 0;
  }

  private Options options(Comparison comparison) {
    ChainedOptionsBuilder options = new OptionsBuilder()
        .include("io\\.holdfast\\.bench\\." + comparison.benchmark().replace(".", "\\.") + "$")
        .threads(comparison.threads())
        .forks(quick ? 1 : 2)
        .warmupIterations(quick ? 3 : 4)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(quick ? 3 : 5)
        .measurementTime(TimeValue.seconds(1))
        .addProfiler(GCProfiler.class)
        .addProfiler(CpuTimeProfiler.class)
        .shouldFailOnError(true);
    comparison
        .parameters()
        .forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    return options.build();
  }

  private static List<Scores> tables(Comparison comparison, Collection<RunResult> results) {
    Map<String, List<Score>> byConditions = results.stream()
        .map(result -> Score.of(comparison, result))
        .collect(Collectors.groupingBy(Score::conditions, LinkedHashMap::new, Collectors.toList()));
    return byConditions.values().stream()
        .map(scores -> Scores.of(comparison, scores))
        .toList();
  }

  private static String json(List<RunResult> results) {
    var bytes = new ByteArrayOutputStream();
    var stream = new PrintStream(bytes, /* autoFlush= */ true, UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(results);
    // Where Java lies on this machine is nobody's business.
    return bytes.toString(UTF_8).replaceAll("\"jvm\" : \"[^\"]*\"", "\"jvm\" : \"java\"");
  }

  private String introduction() {
    return String.format(
        "`./holdfast bench%s` on %s: Java %s, %s, %s, %d processors. The ratio is that of the processor time to the"
            + " baseline of the same table; ratios within one run are all that means something elsewhere."
            + " Raw: [comparison.json](comparison.json).",
        quick ? " --quick" : "",
        LocalDate.now(java.time.ZoneId.systemDefault()),
        Runtime.version().feature(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors());
  }

  private void write(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, content);
    System.err.println(file);
  }
}
