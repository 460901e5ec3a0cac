package io.holdfast.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
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

  @ArgGroup(exclusive = true)
  private Instead instead = new Instead();

  /** Another measurement than the comparison; one of them. */
  private static final class Instead {
    @Option(
        names = "--growth",
        description = "Measures how cost grows with entries, files, threads and tables instead.")
    private boolean growth;

    @Option(
        names = "--flames",
        description = "Draws where the time of each hot path goes, as flame graphs, instead.")
    private boolean flames;

    @Option(
        names = "--targets",
        description = "Holds the hot paths to what we want of them instead.")
    private boolean targets;
  }

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      defaultValue = "docs/benchmarks",
      description = "Where comparison.*, growth.*, targets.* or flames/ go (${DEFAULT-VALUE}).")
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
    if (instead.growth) {
      measureGrowth();
    } else if (instead.flames) {
      drawFlames();
    } else if (instead.targets) {
      holdToTargets();
    } else {
      compare();
    }
    return 0;
  }

  private Rounds rounds() {
    return quick ? Rounds.QUICK : Rounds.LONG;
  }

  private void measureGrowth() throws IOException, RunnerException {
    List<RunResult> raw = new ArrayList<>();
    List<Curves> curves = new ArrayList<>();
    for (Growth each : Growth.all()) {
      System.err.printf("%s by %s%n", each.title(), each.axis());
      curves.add(each.measure(raw));
      // After each: who stops a long run keeps what it has found.
      write("growth.json", Rounds.json(raw));
      write("growth.svg", CurveChart.svg(curves));
      write(
          "growth.md",
          "# How cost grows\n\n" + origin("--growth", "growth.json")
              + "\n\n![Curves](growth.svg)\n"
              + CurveTable.markdown(curves));
    }
  }

  private void drawFlames() throws IOException, RunnerException {
    Files.createDirectories(directory.resolve("flames"));
    List<Flames.Seen> all = new ArrayList<>();
    for (HotPath path : HotPath.all()) {
      System.err.println(path.title());
      Stacks stacks = Flames.of(path);
      all.add(new Flames.Seen(path, stacks));
      write("flames/" + path.fileName() + ".folded", stacks.folded());
      write("flames/" + path.fileName() + ".svg", FlameGraph.svg(path.title(), stacks));
      write("flames/README.md", Flames.markdown(origin("--flames"), all));
    }
  }

  private void holdToTargets() throws IOException, RunnerException {
    var measuring = new Targets(rounds());
    List<Targets.Found> found = new ArrayList<>();
    for (Target target : Target.all()) {
      System.err.println(target.path());
      found.add(measuring.measure(target));
      write("targets.json", Rounds.json(measuring.raw()));
      write("targets.md", Targets.markdown(targetsIntroduction(), found));
    }
  }

  private String targetsIntroduction() {
    return origin(quick ? "--targets --quick" : "--targets", "targets.json")
        + " Processor time of the whole process for one operation, one thread, unless it says otherwise."
        + " A prepared SELECT is SQLite by hand: WAL, autocommit, a text as the key. A tuned upsert has all that makes one cheap: a hash as the key,"
        + " a large page cache, few checkpoints.";
  }

  private void compare() throws IOException, RunnerException {
    List<RunResult> raw = new ArrayList<>();
    List<Scores> tables = new ArrayList<>();
    List<Comparison> comparisons = Comparison.chosen(quick);
    for (Comparison comparison : comparisons) {
      System.err.printf(
          "%d of %d: %s%n",
          comparisons.indexOf(comparison) + 1, comparisons.size(), comparison.title());
      Collection<RunResult> results =
          rounds().run(comparison.benchmark(), comparison.parameters(), comparison.threads());
      raw.addAll(results);
      tables.addAll(tables(comparison, results));
    }
    write("comparison.json", Rounds.json(raw));
    write("comparison.svg", ScoreChart.svg(tables));
    write("comparison.md", ScoreTable.markdown(introduction(), "comparison.svg", tables));
  }

  private static List<Scores> tables(Comparison comparison, Collection<RunResult> results) {
    Map<String, List<Score>> byConditions = results.stream()
        .map(result -> Score.of(comparison, result))
        .collect(Collectors.groupingBy(Score::conditions, LinkedHashMap::new, Collectors.toList()));
    return byConditions.values().stream()
        .map(scores -> Scores.of(comparison, scores))
        .toList();
  }

  private String introduction() {
    return origin(quick ? "--quick" : "", "comparison.json")
        + " The ratio is that of the processor time to the baseline of the same table; ratios within one run"
        + " are all that means something elsewhere.";
  }

  private static String origin(String option, String rawFile) {
    return String.format("%s Raw: [%2$s](%2$s).", origin(option), rawFile);
  }

  private static String origin(String option) {
    return String.format(
        "`%s` on %s: Java %s, %s, %s, %d processors.",
        ("./holdfast bench " + option).strip(),
        LocalDate.now(ZoneId.systemDefault()),
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
