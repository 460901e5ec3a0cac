package io.holdfast.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.openai.OpenAiTokenUsage.InputTokensDetails;
import dev.langchain4j.model.openai.OpenAiTokenUsage.OutputTokensDetails;

/** What OpenAI's client adds, but for the raw HTTP exchange. Links to a library that need not be there. */
final class OpenAiMetadata {

  private static final String CLASS = "dev.langchain4j.model.openai.OpenAiChatResponseMetadata";
  static final String MARK = "openai";

  private static final String USAGE = "usage";

  private OpenAiMetadata() {}

  /** Told by the name of the class, so that nothing links to it where it is not. */
  static boolean isOne(ChatResponseMetadata metadata) {
    return metadata.getClass().getName().equals(CLASS);
  }

  static int cachedInputTokens(ChatResponseMetadata any) {
    OpenAiTokenUsage usage = ((OpenAiChatResponseMetadata) any).tokenUsage();
    InputTokensDetails details = usage == null ? null : usage.inputTokensDetails();
    return details == null || details.cachedTokens() == null ? 0 : details.cachedTokens();
  }

  static ObjectNode encode(ChatResponseMetadata any) {
    var metadata = (OpenAiChatResponseMetadata) any;
    if (metadata.logProbs() != null && !metadata.logProbs().isEmpty()) {
      throw new IllegalArgumentException("no stored form for log probabilities");
    }
    ObjectNode json = MetadataJson.common(metadata);
    ObjectNode more = json.putObject(MARK);
    if (metadata.created() != null) {
      more.put("created", metadata.created());
    }
    MetadataJson.putIfPresent(more, "serviceTier", metadata.serviceTier());
    MetadataJson.putIfPresent(more, "systemFingerprint", metadata.systemFingerprint());
    OpenAiTokenUsage usage = metadata.tokenUsage();
    if (usage != null) {
      ObjectNode counts = MetadataJson.counts(usage);
      if (usage.inputTokensDetails() != null) {
        MetadataJson.putIfPresent(
            counts.putObject("inputDetails"),
            "cached",
            usage.inputTokensDetails().cachedTokens());
      }
      if (usage.outputTokensDetails() != null) {
        MetadataJson.putIfPresent(
            counts.putObject("outputDetails"),
            "reasoning",
            usage.outputTokensDetails().reasoningTokens());
      }
      json.set(USAGE, counts);
    }
    return json;
  }

  static ChatResponseMetadata decode(JsonNode json) {
    var builder = MetadataJson.decodeCommon(json, OpenAiChatResponseMetadata.builder());
    JsonNode more = json.get(MARK);
    JsonNode created = more.get("created");
    if (created != null) {
      builder.created(created.longValue());
    }
    builder.serviceTier(MetadataJson.text(more, "serviceTier"));
    builder.systemFingerprint(MetadataJson.text(more, "systemFingerprint"));
    JsonNode usage = json.get(USAGE);
    if (usage != null) {
      builder.tokenUsage(usage(usage));
    }
    return builder.build();
  }

  private static OpenAiTokenUsage usage(JsonNode json) {
    var usage = OpenAiTokenUsage.builder()
        .inputTokenCount(MetadataJson.integer(json, "input"))
        .outputTokenCount(MetadataJson.integer(json, "output"))
        .totalTokenCount(MetadataJson.integer(json, "total"));
    JsonNode input = json.get("inputDetails");
    if (input != null) {
      usage.inputTokensDetails(InputTokensDetails.builder()
          .cachedTokens(MetadataJson.integer(input, "cached"))
          .build());
    }
    JsonNode output = json.get("outputDetails");
    if (output != null) {
      usage.outputTokensDetails(OutputTokensDetails.builder()
          .reasoningTokens(MetadataJson.integer(output, "reasoning"))
          .build());
    }
    return usage.build();
  }
}
