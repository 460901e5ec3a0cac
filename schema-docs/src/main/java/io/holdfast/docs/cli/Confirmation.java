package io.holdfast.docs.cli;

import java.io.Console;

/** Asks a person before something is lost. */
final class Confirmation {

  private Confirmation() {}

  /**
   * Whether the person says yes.
   *
   * @throws UserError if there is nobody to ask
   */
  @SuppressWarnings("SystemConsoleNull") // isTerminal() has asked the console itself
  static boolean ask(String question) {
    Console console = TerminalProgress.isTerminal() ? System.console() : null;
    if (console == null) {
      throw new UserError("There is no terminal to ask for consent; add --yes.");
    }
    String answer = console.readLine("%s [y/N] ", question);
    return answer != null && answer.strip().matches("(?i)y|yes");
  }
}
