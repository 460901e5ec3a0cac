package io.holdfast.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;

/** The events of a stream as chunks: one JSON object each. */
final class StreamEvent {

  private static final JsonMapper MAPPER = new JsonMapper();

  private static final String TEXT = "text";
  private static final String THINKING = "thinking";
  private static final String PART_OF_CALL = "partOfCall";
  private static final String CALL = "call";
  private static final String INDEX = "index";
  private static final String ID = "id";
  private static final String NAME = "name";
  private static final String ARGUMENTS = "arguments";

  private StreamEvent() {}

  static String text(String text) {
    return MAPPER.createObjectNode().put(TEXT, text).toString();
  }

  static String thinking(String text) {
    return MAPPER.createObjectNode().put(THINKING, text).toString();
  }

  static String partOfToolCall(PartialToolCall part) {
    ObjectNode event = MAPPER.createObjectNode();
    ObjectNode call = event.putObject(PART_OF_CALL).put(INDEX, part.index());
    MetadataJson.putIfPresent(call, ID, part.id());
    MetadataJson.putIfPresent(call, NAME, part.name());
    MetadataJson.putIfPresent(call, ARGUMENTS, part.partialArguments());
    return event.toString();
  }

  static String toolCall(int index, ToolExecutionRequest request) {
    ObjectNode event = MAPPER.createObjectNode();
    ObjectNode call = event.putObject(CALL).put(INDEX, index);
    MetadataJson.putIfPresent(call, ID, request.id());
    MetadataJson.putIfPresent(call, NAME, request.name());
    MetadataJson.putIfPresent(call, ARGUMENTS, request.arguments());
    return event.toString();
  }

  /** Tells the handler what this chunk says. */
  static void tell(String chunk, StreamingChatResponseHandler handler, StreamingHandle handle) {
    JsonNode event;
    try {
      event = MAPPER.readTree(chunk);
    } catch (JsonProcessingException e) {
      // Without the cause, whose message quotes the chunk.
      throw new IllegalStateException("not a chunk of a chat response");
    }
    if (event.has(TEXT)) {
      handler.onPartialResponse(
          new PartialResponse(event.get(TEXT).textValue()), new PartialResponseContext(handle));
    } else if (event.has(THINKING)) {
      handler.onPartialThinking(
          new PartialThinking(event.get(THINKING).textValue()), new PartialThinkingContext(handle));
    } else if (event.has(PART_OF_CALL)) {
      JsonNode call = event.get(PART_OF_CALL);
      handler.onPartialToolCall(
          PartialToolCall.builder()
              .index(call.get(INDEX).intValue())
              .id(MetadataJson.text(call, ID))
              .name(MetadataJson.text(call, NAME))
              .partialArguments(MetadataJson.text(call, ARGUMENTS))
              .build(),
          new PartialToolCallContext(handle));
    } else if (event.has(CALL)) {
      JsonNode call = event.get(CALL);
      handler.onCompleteToolCall(new CompleteToolCall(
          call.get(INDEX).intValue(),
          ToolExecutionRequest.builder()
              .id(MetadataJson.text(call, ID))
              .name(MetadataJson.text(call, NAME))
              .arguments(MetadataJson.text(call, ARGUMENTS))
              .build()));
    }
  }
}
