package io.holdfast.docs.cli;

import picocli.CommandLine.Option;

/** Where the one database of a command is, and who logs in. */
final class LoginOptions {

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "The database's JDBC URL, such as jdbc:postgresql://localhost/shop.")
  private String url = "";

  @Option(names = "--user", paramLabel = "NAME", description = "Who to log in as.")
  private String user = "";

  @Option(
      names = {"-W", "--ask-password"},
      description = "Ask for the password whatever the environment says.")
  private boolean ask;

  Login login() {
    return new Login(url, user, ask);
  }
}
