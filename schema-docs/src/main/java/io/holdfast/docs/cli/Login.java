package io.holdfast.docs.cli;

import io.holdfast.schema.SchemaSnapshot;
import java.io.Console;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Opens the user's database, through {@code jdbc:holdfast:} or straight, and says in a sentence why it
 * cannot.
 *
 * @param url the database's own JDBC URL, or ours
 * @param user the user, empty for none
 * @param ask whether to ask for the password whatever the environment says
 * @param passwordVariable the environment variable that the password comes from
 */
record Login(String url, String user, boolean ask, String passwordVariable) {

  /** The environment variable that the password comes from. */
  static final String PASSWORD_VARIABLE = "HOLDFAST_PASSWORD";

  private static final String OWN_PREFIX = "jdbc:holdfast:";

  /** With the usual variable. */
  Login(String url, String user, boolean ask) {
    this(url, user, ask, PASSWORD_VARIABLE);
  }

  /** What is done with the password; done again if the server rejects it and another one is typed. */
  private interface Attempt<T> {
    T with(Properties properties) throws SQLException;
  }

  /**
   * Connects through our driver; asks for a password on the terminal if the server wants one and none
   * was given.
   *
   * @throws UserError if it cannot be done
   */
  Connection connect() {
    return connect(Map.of());
  }

  /** The same with options of our driver. */
  Connection connect(Map<String, String> options) {
    return attempt(TerminalProgress.isTerminal(), attemptWith(options));
  }

  /** The same where nobody sits at the terminal any more: a rejected password is an error. */
  Connection connectUnattended(Map<String, String> options) {
    return attempt(/* mayAsk= */ false, attemptWith(options));
  }

  private Attempt<Connection> attemptWith(Map<String, String> options) {
    return properties -> {
      options.forEach((name, value) -> properties.setProperty("holdfast." + name, value));
      return DriverManager.getConnection(
          OWN_PREFIX + existing().substring("jdbc:".length()), properties);
    };
  }

  /**
   * Reads the catalog over connections of the database's own driver, and closes them.
   *
   * @param schemas comma-separated, empty for all
   * @throws UserError if it cannot be done
   */
  SchemaSnapshot snapshot(String schemas) {
    return attempt(
        TerminalProgress.isTerminal(),
        properties -> SchemaSnapshot.read(
            target(), user, () -> DriverManager.getConnection(existing(), properties), schemas));
  }

  private <T> T attempt(boolean mayAsk, Attempt<T> attempt) {
    if (!url.startsWith("jdbc:")) {
      throw new UserError("Not a JDBC URL: --url must begin with jdbc:, as in"
          + " jdbc:postgresql://localhost/shop.");
    }
    requireFile(target());
    String given = ask ? null : System.getenv(passwordVariable);
    String password = given == null && ask ? prompt() : given == null ? "" : given;
    try {
      return attempt.with(properties(password));
    } catch (SQLException e) {
      if (given == null && !ask && mayAsk && isRejected(e)) {
        String typed = prompt();
        try {
          return attempt.with(properties(typed));
        } catch (SQLException again) {
          throw explained(again, target(), typed);
        }
      }
      throw explained(e, target(), password);
    }
  }

  private String target() {
    return url.startsWith(OWN_PREFIX) ? "jdbc:" + url.substring(OWN_PREFIX.length()) : url;
  }

  /** Embedded engines would make a database where there is none, and document that. */
  private String existing() {
    String target = target();
    return target.startsWith("jdbc:h2:")
            && !target.startsWith("jdbc:h2:mem:")
            && !target.toUpperCase(Locale.ROOT).contains("IFEXISTS=")
        ? target + ";IFEXISTS=TRUE"
        : target;
  }

  private Properties properties(String password) {
    var properties = new Properties();
    if (!user.isEmpty()) {
      properties.setProperty("user", user);
    }
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    return properties;
  }

  private static void requireFile(String target) {
    String prefix = "jdbc:sqlite:";
    if (target.startsWith(prefix) && !target.startsWith(prefix + ":")) {
      String name = target.substring(prefix.length()).replaceFirst("\\?.*", "");
      Path file = Path.of(name.replaceFirst("^file:", ""));
      if (!Files.isRegularFile(file)) {
        throw new UserError("There is no SQLite file " + file + ".");
      }
    }
  }

  @SuppressWarnings("SystemConsoleNull") // isTerminal() has asked the console itself
  private String prompt() {
    Console console = TerminalProgress.isTerminal() ? System.console() : null;
    char @Nullable [] typed = console == null
        ? null
        : console.readPassword(
            "Password%s for %s: ", user.isEmpty() ? "" : " of " + user, Secrets.masked(target()));
    if (typed == null) {
      throw new UserError(
          "There is no terminal to ask for the password; put it into " + passwordVariable + ".");
    }
    return new String(typed);
  }

  private UserError explained(SQLException failure, String target, String password) {
    String where = Secrets.masked(target);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return new UserError("Unknown host in " + where + ".", failure);
      }
      if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
        return new UserError("Nobody accepts connections at " + where + ".", failure);
      }
      if (cause instanceof SocketTimeoutException) {
        return new UserError("No answer in time from " + where + ".", failure);
      }
    }
    if (isRejected(failure)) {
      return new UserError(
          "The server rejects the user or the password"
              + (user.isEmpty() ? " (no --user was given)" : " of " + user)
              + "; the password is read from " + passwordVariable + ".",
          failure);
    }
    String reason = String.valueOf(failure.getMessage());
    if (reason.startsWith("No JDBC driver accepts") || reason.startsWith("No suitable driver")) {
      return new UserError(
          "There is no driver for " + where + "; PostgreSQL, MariaDB, SQLite and H2"
              + " are built in.",
          failure);
    }
    String message = Secrets.masked(reason, password);
    return new UserError(
        "Cannot open " + where + ": " + message.lines().findFirst().orElse("no reason given"),
        failure);
  }

  /** SQL state class 28 on all servers that keep to the standard; MariaDB has it too. */
  private static boolean isRejected(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && state.startsWith("28");
  }
}
