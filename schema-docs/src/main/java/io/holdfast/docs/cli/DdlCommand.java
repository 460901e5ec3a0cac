package io.holdfast.docs.cli;

import io.holdfast.jdbc.ddl.DdlRecognizer;
import io.holdfast.schema.Dialect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast ddl}: what the driver would say of statements, without a database. */
@Command(
    name = "ddl",
    description = {
      "Tells of each statement whether it changes the structure of a database, as the driver would judge it.",
      "Reads a JSON object a line, with the statement in its field sql, and writes one a line in the same order:",
      "@|bold {\"answer\":\"yes|maybe|no\",\"kind\":\"ALTER\",\"objects\":[\"public.users\"]}|@",
      "A line that cannot be read is answered by {\"error\":\"line 7 …\"}, and the exit code is 1."
    })
final class DdlCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dialect",
      required = true,
      paramLabel = "NAME",
      converter = DialectNames.class,
      completionCandidates = DialectNames.class,
      description = "The database that the statements are for: ${COMPLETION-CANDIDATES}.")
  private Dialect dialect = Dialect.GENERIC;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The statements. Default: standard input.")
  @Nullable
  private Path file;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    var lines = new DdlLines(DdlRecognizer.forDialect(dialect), out);
    try (BufferedReader in = open()) {
      lines.judgeAll(in);
    } catch (IOException e) {
      throw new UserError("Could not read the statements: " + e.getMessage(), e);
    }
    if (lines.broken() > 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf("holdfast: %d of %d lines could not be read.%n", lines.broken(), lines.count());
      err.flush();
      return HoldfastCommand.INCOMPLETE;
    }
    return 0;
  }

  /** Bytes that are no UTF-8 become replacement characters: what surrounds them is judged all the same. */
  private BufferedReader open() throws IOException {
    if (file != null && !Files.isReadable(file)) {
      throw new UserError("Cannot read a file " + file + ".");
    }
    InputStream bytes = file == null ? System.in : Files.newInputStream(file);
    return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16);
  }
}
