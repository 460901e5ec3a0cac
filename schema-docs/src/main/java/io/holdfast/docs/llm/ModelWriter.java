package io.holdfast.docs.llm;

import io.holdfast.docs.describe.DescriptionException;
import io.holdfast.docs.describe.DescriptionWriter;
import io.holdfast.docs.profile.TableProfile;
import io.holdfast.docs.render.Markdown;
import io.holdfast.schema.TableStructure;
import java.util.List;

/** Asks a model for the words. What it answers is text to show, never markup or instructions. */
public final class ModelWriter implements DescriptionWriter {
  private static final int MAX_CHARS = 6_000;
  private static final int MAX_SUMMARY_CHARS = 160;

  private final ChatEndpoint endpoint;

  public ModelWriter(ChatEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public String byline() {
    return "model " + endpoint.settings().model();
  }

  @Override
  public String fingerprint() {
    ChatEndpoint.Settings settings = endpoint.settings();
    return "model/" + Prompt.VERSION + "," + settings.baseUrl() + "," + settings.model()
        + ",temperature=" + settings.temperature() + ",tokens=" + settings.maxTokens();
  }

  @Override
  public Description describe(TableStructure table, TableProfile profile)
      throws DescriptionException {
    String model = endpoint.settings().model();
    StreamedAnswer answered = endpoint.ask(Prompt.SYSTEM, Prompt.about(table, profile));
    String answer = answered.text().strip();
    if (answer.isEmpty()) {
      throw new DescriptionException("The model " + model + " answered nothing.");
    }
    String prose = plain(answer.length() > MAX_CHARS ? answer.substring(0, MAX_CHARS) : answer);
    return new Description(summary(prose), prose, answered.usageOf(model));
  }

  /** Paragraphs, without headings, fences and HTML, which would take over the page. */
  private static String plain(String answer) {
    List<String> paragraphs = answer
        .lines()
        .map(line -> line.replaceFirst("^\\s*(#+|>+|```.*)\\s*", ""))
        .map(line -> line.isBlank() ? "" : escaped(line.strip()))
        .toList();
    return String.join("\n", paragraphs).replaceAll("\n{3,}", "\n\n").strip();
  }

  // Backticks and list dashes are welcome in a description, all else is not.
  private static String escaped(String line) {
    String list = line.matches("[-*] .*") ? "- " : "";
    return list + Markdown.text(line.substring(list.length())).replace("\\`", "`");
  }

  private static String summary(String prose) {
    String line = prose.lines().findFirst().orElse("");
    int end = line.indexOf(". ");
    String sentence = end < 0 ? line : line.substring(0, end + 1);
    return sentence.length() <= MAX_SUMMARY_CHARS
        ? sentence
        : sentence.substring(0, MAX_SUMMARY_CHARS - 1).strip().replaceAll("\\\\$", "") + "…";
  }
}
