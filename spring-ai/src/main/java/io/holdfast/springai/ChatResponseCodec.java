package io.holdfast.springai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.response.ResponseCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Chat responses as JSON: words, finish reasons, identifier, model, token usage, and of the metadata what is text, a
 * number or a truth value. Limits of the rate and the provider's own form of the usage are not kept. Pieces of a
 * stream have the same form.
 */
enum ChatResponseCodec implements ResponseCodec<ChatResponse> {
  INSTANCE;

  private static final JsonMapper MAPPER = new JsonMapper();

  private static final String ID = "id";
  private static final String MODEL = "model";
  private static final String USAGE = "usage";
  private static final String METADATA = "metadata";
  private static final String ANSWERS = "answers";
  private static final String TEXT = "text";
  private static final String REASON = "finishReason";
  private static final String FILTERS = "contentFilters";
  private static final String PROPERTIES = "properties";
  private static final String CALLS = "toolCalls";
  private static final String INT = "int";
  private static final String LONG = "long";
  private static final String DOUBLE = "double";

  @Override
  public String format() {
    return "spring-ai-chat:1";
  }

  @Override
  public List<String> chunks(ChatResponse response) {
    return List.of(encode(response));
  }

  @Override
  public String encode(ChatResponse response) {
    ObjectNode json = MAPPER.createObjectNode();
    ChatResponseMetadata metadata = response.getMetadata();
    json.put(ID, metadata.getId()).put(MODEL, metadata.getModel());
    Usage usage = metadata.getUsage();
    if (usage != null) {
      json.putArray(USAGE)
          .add(usage.getPromptTokens())
          .add(usage.getCompletionTokens())
          .add(usage.getTotalTokens());
    }
    putSimple(json.putObject(METADATA), metadata.entrySet());
    ArrayNode answers = json.putArray(ANSWERS);
    response.getResults().forEach(answer -> encode(answer, answers.addObject()));
    return json.toString();
  }

  private static void encode(Generation answer, ObjectNode json) {
    AssistantMessage message = answer.getOutput();
    json.put(TEXT, message.getText());
    putSimple(json.putObject(PROPERTIES), message.getMetadata().entrySet());
    ArrayNode calls = json.putArray(CALLS);
    message
        .getToolCalls()
        .forEach(call -> calls
            .addArray()
            .add(call.id())
            .add(call.type())
            .add(call.name())
            .add(call.arguments()));
    json.put(REASON, answer.getMetadata().getFinishReason());
    answer.getMetadata().getContentFilters().forEach(json.putArray(FILTERS)::add);
    putSimple(json.putObject(METADATA), answer.getMetadata().entrySet());
  }

  /** Each with the name of its type: who has put in a long expects one. */
  private static void putSimple(ObjectNode json, Set<Map.Entry<String, Object>> values) {
    values.forEach(entry -> {
      String name = entry.getKey();
      Object value = entry.getValue();
      if (value instanceof String text) {
        json.put(name, text);
      } else if (value instanceof Boolean truth) {
        json.put(name, truth);
      } else if (value instanceof Integer number) {
        json.putObject(name).put(INT, number);
      } else if (value instanceof Long number) {
        json.putObject(name).put(LONG, number);
      } else if (value instanceof Double number) {
        json.putObject(name).put(DOUBLE, number);
      }
    });
  }

  @Override
  public ChatResponse decode(String payload) {
    JsonNode json;
    try {
      json = MAPPER.readTree(payload);
    } catch (JsonProcessingException e) {
      // Without the cause, whose message quotes the payload.
      throw new IllegalArgumentException("not the JSON of a chat response");
    }
    var metadata = ChatResponseMetadata.builder().metadata(simple(json.path(METADATA)));
    setIfPresent(json, ID, metadata::id);
    setIfPresent(json, MODEL, metadata::model);
    JsonNode usage = json.path(USAGE);
    if (usage.size() == 3) {
      metadata.usage(new DefaultUsage(
          usage.get(0).asInt(), usage.get(1).asInt(), usage.get(2).asInt()));
    }
    var answers = new ArrayList<Generation>();
    json.path(ANSWERS).forEach(answer -> answers.add(answer(answer)));
    return new ChatResponse(answers, metadata.build());
  }

  private static Generation answer(JsonNode json) {
    var calls = new ArrayList<AssistantMessage.ToolCall>();
    json.path(CALLS)
        .forEach(call -> calls.add(new AssistantMessage.ToolCall(
            call.get(0).asText(),
            call.get(1).asText(),
            call.get(2).asText(),
            call.get(3).asText())));
    var metadata = ChatGenerationMetadata.builder().metadata(simple(json.path(METADATA)));
    setIfPresent(json, REASON, metadata::finishReason);
    json.path(FILTERS).forEach(filter -> metadata.contentFilter(filter.asText()));
    return new Generation(
        new AssistantMessage(text(json, TEXT), simple(json.path(PROPERTIES)), calls),
        metadata.build());
  }

  private static void setIfPresent(JsonNode json, String name, Consumer<String> setter) {
    String text = text(json, name);
    if (text != null) {
      setter.accept(text);
    }
  }

  private static @Nullable String text(JsonNode json, String name) {
    return json.path(name).isTextual() ? json.get(name).textValue() : null;
  }

  private static Map<String, Object> simple(JsonNode json) {
    var values = new HashMap<String, Object>();
    json.properties().forEach(field -> values.put(field.getKey(), simpleValue(field.getValue())));
    return values;
  }

  private static Object simpleValue(JsonNode json) {
    if (json.has(INT)) {
      return json.get(INT).intValue();
    }
    if (json.has(LONG)) {
      return json.get(LONG).longValue();
    }
    if (json.has(DOUBLE)) {
      return json.get(DOUBLE).doubleValue();
    }
    return json.isBoolean() ? (Object) json.booleanValue() : json.asText();
  }
}
