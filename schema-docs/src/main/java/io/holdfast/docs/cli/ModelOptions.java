package io.holdfast.docs.cli;

import io.holdfast.docs.llm.ChatEndpoint;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which model to ask and how; the options that belong together. */
final class ModelOptions {
  @Option(
      names = "--llm-url",
      required = true,
      paramLabel = "URL",
      description =
          "Base address of an OpenAI-compatible server, such as http://localhost:11434/v1.")
  private String url = "";

  @Option(names = "--model", required = true, paramLabel = "NAME", description = "The model.")
  private String name = "";

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "From 0, the most probable words, to 2. Default: 0.")
  private double temperature;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "800",
      description = "The longest answer. Default: ${DEFAULT-VALUE}.")
  private int maxTokens;

  @Option(
      names = "--llm-seconds",
      paramLabel = "N",
      defaultValue = "120",
      description = "How long to wait for one answer. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  /**
   * The endpoint; the key comes from the environment.
   *
   * @throws ParameterException if the address is none
   */
  ChatEndpoint endpoint(CommandLine line) {
    String key = System.getenv(ChatEndpoint.API_KEY_VARIABLE);
    try {
      return new ChatEndpoint(
          new ChatEndpoint.Settings(url, name, temperature, maxTokens, Duration.ofSeconds(seconds)),
          key == null ? "" : key.strip());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          line,
          "Invalid value for --llm-url: it must be an http or https address"
              + " without a password.",
          e);
    }
  }
}
