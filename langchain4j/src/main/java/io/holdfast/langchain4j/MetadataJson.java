package io.holdfast.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/** What every model tells of a response. */
final class MetadataJson {

  private static final String USAGE = "usage";

  private MetadataJson() {}

  static ObjectNode encode(ChatResponseMetadata metadata) {
    ObjectNode json = common(metadata);
    TokenUsage usage = metadata.tokenUsage();
    if (usage != null) {
      if (usage.getClass() != TokenUsage.class) {
        throw new IllegalArgumentException(
            "no stored form for token usage of " + usage.getClass().getName());
      }
      json.set(USAGE, counts(usage));
    }
    return json;
  }

  /** All but the usage. */
  static ObjectNode common(ChatResponseMetadata metadata) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    putIfPresent(json, "id", metadata.id());
    putIfPresent(json, "model", metadata.modelName());
    if (metadata.finishReason() != null) {
      json.put("finishReason", metadata.finishReason().name());
    }
    return json;
  }

  static ObjectNode counts(TokenUsage usage) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    putIfPresent(json, "input", usage.inputTokenCount());
    putIfPresent(json, "output", usage.outputTokenCount());
    putIfPresent(json, "total", usage.totalTokenCount());
    return json;
  }

  static ChatResponseMetadata decode(JsonNode json) {
    var builder = decodeCommon(json, ChatResponseMetadata.builder());
    JsonNode usage = json.get(USAGE);
    if (usage != null) {
      builder.tokenUsage(new TokenUsage(
          integer(usage, "input"), integer(usage, "output"), integer(usage, "total")));
    }
    return builder.build();
  }

  static <B extends ChatResponseMetadata.Builder<?>> B decodeCommon(JsonNode json, B builder) {
    builder.id(text(json, "id"));
    builder.modelName(text(json, "model"));
    String reason = text(json, "finishReason");
    if (reason != null) {
      builder.finishReason(FinishReason.valueOf(reason));
    }
    return builder;
  }

  static void putIfPresent(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  static void putIfPresent(ObjectNode json, String name, @Nullable Integer value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value == null ? null : value.textValue();
  }

  static @Nullable Integer integer(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value == null ? null : Integer.valueOf(value.intValue());
  }
}
