package io.holdfast.docs.cli;

import io.holdfast.docs.demo.Demo;
import io.holdfast.docs.demo.DemoEngine;
import io.holdfast.docs.demo.DemoResult;
import io.holdfast.docs.demo.DemoResult.Step;
import io.holdfast.docs.run.JmxReading;
import io.holdfast.docs.run.RunException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast demo}: shows the whole idea on a sample database. */
@Command(
    name = "demo",
    description =
        "Starts a real database with a sample shop, documents every table, and shows what"
            + " the cache makes of it: a second run, a run after two tables changed, a run in a new JVM.")
final class DemoCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--database",
      paramLabel = "ENGINE",
      description = "Where the shop lives: postgresql, sqlite or h2. Default: postgresql.")
  private DemoEngine engine = DemoEngine.POSTGRESQL;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the pages and the cache file go. Default: holdfast-docs.")
  private Path out = Path.of("holdfast-docs");

  @Option(
      names = "--keep",
      description = "Keep the files of the sample database as well; says where they are.")
  private boolean keep;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter print = spec.commandLine().getOut();
    DocsCommand.directory(out);
    Path work = null;
    try {
      work = Files.createTempDirectory("holdfast-demo-");
      var progress =
          new TerminalProgress(spec.commandLine().getErr(), TerminalProgress.isTerminal());
      DemoResult result = new Demo(engine, out, work, progress, sentence -> {
            print.println(sentence);
            print.flush();
          })
          .run();
      print(result, print);
      print.printf("%nRead %s, and look into the cache:%n", out.resolve("README.md"));
      print.printf("  ./holdfast cache %s list%n", out.resolve(Demo.CACHE_FILE));
      if (keep) {
        print.printf("The sample database's files are in %s%n", work);
      }
      print.flush();
      return 0;
    } catch (RunException e) {
      throw new UserError(e.getMessage(), e);
    } catch (SQLException e) {
      throw new UserError("The sample database fails: " + String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UserError("Cannot write: " + String.valueOf(e.getMessage()), e);
    } finally {
      if (work != null && !keep) {
        remove(work);
      }
    }
  }

  private static void print(DemoResult result, PrintWriter print) {
    var steps = new TextTable("step", ">tables", ">generated", ">served", ">time");
    for (Step step : result.steps()) {
      steps.row(
          step.name(),
          Integer.toString(step.run().tables().size()),
          Long.toString(step.run().generated()),
          Long.toString(step.run().served()),
          step.run().elapsedMillis() + " ms");
    }
    print.printf("%n%s%n", steps.render());
    double ratio = (double) result.generateNanos() / Math.max(1, result.serveNanos());
    print.printf(
        Locale.ROOT,
        "One table in the new JVM: generated in %s, served from the file in %s, %.0f times as fast.%n",
        millis(result.generateNanos()),
        millis(result.serveNanos()),
        ratio);
    print.printf(
        "(Both after start-up, means over all tables, from asking for a table's documentation"
            + " to having it:%n the last of 4 rounds that generate, and the last of 20 rounds that serve,"
            + " each with an empty heap.)%n%n");
    JmxReading first = result.firstJvm();
    JmxReading second = result.newJvm();
    var beans = new TextTable("as JMX says", ">steps 1 to 3", ">step 4, new JVM");
    beans.row("hits", text(first.hits()), text(second.hits()));
    beans.row("  of these from the file", text(first.fileHits()), text(second.fileHits()));
    beans.row("misses", text(first.misses()), text(second.misses()));
    beans.row("evictions", text(first.evictions()), text(second.evictions()));
    beans.row("drift", text(first.drifts()), text(second.drifts()));
    beans.row("  of these from outside", text(first.outsideDrifts()), text(second.outsideDrifts()));
    print.print(beans.render());
    print.printf("Last drift: %s%n", first.lastDrift());
    print.flush();
  }

  private static String text(long number) {
    return Long.toString(number);
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }

  private static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.getLogger(DemoCommand.class.getName())
          .log(System.Logger.Level.WARNING, () -> "could not remove " + directory, e);
    }
  }
}
