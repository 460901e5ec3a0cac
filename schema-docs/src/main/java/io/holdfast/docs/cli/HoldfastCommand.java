package io.holdfast.docs.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code holdfast}: what the commands have in common. */
@Command(
    name = "holdfast",
    description = {
      "Documents a live database through a persistent, schema-aware cache.",
      "(The benchmarks are a program of their own: ./holdfast bench --help)"
    },
    subcommands = {
      DemoCommand.class,
      DocsCommand.class,
      FingerprintCommand.class,
      DiffCommand.class,
      WatchCommand.class,
      JournalCommand.class,
      CacheCommand.class,
      DdlCommand.class,
      PushCommand.class,
      SavingsCommand.class,
      SemanticCommand.class,
      ServeCommand.class
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = HoldfastCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:some tables could not be documented, some lines not be read, or the cache file is damaged",
      "2:a wrong argument, or something that cannot be reached or opened"
    })
public final class HoldfastCommand implements Runnable {

  /** Everything that can be put right by the user, and nothing that was done. */
  static final int WRONG = 2;

  /** Some of the work could not be done. */
  static final int INCOMPLETE = 1;

  private static final String LOGGING = """
      handlers=java.util.logging.ConsoleHandler
      .level=WARNING
      com.zaxxer.hikari.level=SEVERE
      java.util.logging.ConsoleHandler.level=ALL
      java.util.logging.SimpleFormatter.format=%4$s: %5$s%n
      """;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  HoldfastCommand() {}

  /** Runs the command line on the standard streams; returns the exit code, see {@code --help}. */
  public static int run(String... arguments) {
    quietLogging();
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    IParameterExceptionHandler wrongArgument = (ParameterException e, String[] arguments) -> {
      CommandLine line = e.getCommandLine();
      String message = Secrets.masked(String.valueOf(e.getMessage()));
      return complain(
          line.getErr(),
          message + (message.endsWith(".") ? "" : ".") + " Try "
              + line.getCommandSpec().qualifiedName() + " --help.");
    };
    IExecutionExceptionHandler failure = (e, line, parsed) -> {
      if (e instanceof UserError mistake) {
        return complain(line.getErr(), mistake.getMessage());
      }
      throw e;
    };
    return new CommandLine(new HoldfastCommand())
        .setParameterExceptionHandler(wrongArgument)
        .setExecutionExceptionHandler(failure)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }

  private static int complain(PrintWriter err, String sentence) {
    err.println("holdfast: " + sentence.replaceAll("\\s*\\R\\s*", " "));
    err.flush();
    return WRONG;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: demo, docs, serve, fingerprint, diff, watch, journal, cache, ddl, push, savings or"
            + " semantic.");
  }

  /** Libraries tell a lot at INFO; here only warnings matter, one line each. */
  private static void quietLogging() {
    try {
      LogManager.getLogManager()
          .readConfiguration(
              new ByteArrayInputStream(LOGGING.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = HoldfastCommand.class.getPackage().getImplementationVersion();
      return new String[] {"holdfast " + (version == null ? "(not packaged)" : version)};
    }
  }
}
