package io.holdfast.docs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast semantic}: what concerns questions that mean the same. */
@Command(
    name = "semantic",
    description = "Measures how well repeated questions are recognised by their meaning.",
    subcommands = SemanticEvaluateCommand.class,
    synopsisSubcommandLabel = "COMMAND")
final class SemanticCommand implements Runnable {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: evaluate.");
  }
}
