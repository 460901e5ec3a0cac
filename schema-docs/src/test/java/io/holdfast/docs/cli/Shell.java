package io.holdfast.docs.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs the command line in this JVM and keeps what it prints. */
public record Shell(int exitCode, String out, String err) {

  public static Shell run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine line = HoldfastCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
    int exitCode = line.execute(arguments);
    return new Shell(exitCode, out.toString(), err.toString());
  }
}
