package io.holdfast.docs.cli;

import io.holdfast.schema.JournalEntry;
import io.holdfast.schema.SchemaJournal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast journal FILE}: the drifts that were kept. */
@Command(
    name = "journal",
    description = {
      "Prints the drifts that the driver's option journal=FILE, or watch --journal, has kept: a line each,"
          + " oldest first. Others may be writing meanwhile."
    },
    exitCodeOnExecutionException = HoldfastCommand.WRONG)
final class JournalCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The journal.")
  private Path file = Path.of("");

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "Only the last N. Default: all that are kept.")
  private int last = Integer.MAX_VALUE;

  @Option(names = "--json", description = "Print a JSON object a line.")
  private boolean json;

  @Override
  public Integer call() {
    if (last < 1) {
      throw new ParameterException(spec.commandLine(), "--last must be at least 1.");
    }
    List<JournalEntry> entries;
    try {
      entries = SchemaJournal.read(file);
    } catch (IOException e) {
      throw new UserError("Cannot read a journal " + file + ".", e);
    }
    PrintWriter print = spec.commandLine().getOut();
    entries
        .subList(Math.max(0, entries.size() - last), entries.size())
        .forEach(entry -> print.println(json ? entry.toJson() : text(entry)));
    print.flush();
    return 0;
  }

  private static String text(JournalEntry entry) {
    String source = entry.statementKind() == null
        ? entry.origin().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        : entry.statementKind();
    return Instant.ofEpochMilli(entry.observedAtMillis()) + " " + entry.databaseId() + " "
        + entry.summary() + " (" + source + ")";
  }
}
