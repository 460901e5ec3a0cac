package io.holdfast.docs;

import io.holdfast.docs.cli.HoldfastCommand;

/** Where the application starts. */
public final class Main {

  private Main() {}

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(HoldfastCommand.run(arguments));
  }
}
