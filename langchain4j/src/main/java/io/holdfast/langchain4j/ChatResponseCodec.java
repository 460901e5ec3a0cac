package io.holdfast.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import io.holdfast.response.ResponseCodec;
import java.util.ArrayList;
import java.util.List;

/** A chat response as one JSON object. */
final class ChatResponseCodec implements ResponseCodec<ChatResponse> {

  static final ChatResponseCodec INSTANCE = new ChatResponseCodec();

  private static final JsonMapper MAPPER = new JsonMapper();

  @Override
  public String format() {
    return "langchain4j-chat:1";
  }

  @Override
  public String encode(ChatResponse response) {
    AiMessage message = response.aiMessage();
    String json = ChatMessageSerializer.messageToJson(message);
    if (!message.equals(ChatMessageDeserializer.messageFromJson(json))) {
      throw new IllegalArgumentException("the message does not survive being stored");
    }
    ObjectNode root = MAPPER.createObjectNode();
    root.put("message", json);
    root.set("metadata", encode(response.metadata()));
    return root.toString();
  }

  private static ObjectNode encode(ChatResponseMetadata metadata) {
    if (metadata.getClass() == ChatResponseMetadata.class) {
      return MetadataJson.encode(metadata);
    }
    if (OpenAiMetadata.isOne(metadata)) {
      return OpenAiMetadata.encode(metadata);
    }
    throw new IllegalArgumentException(
        "no stored form for metadata of " + metadata.getClass().getName());
  }

  @Override
  public ChatResponse decode(String payload) {
    try {
      JsonNode root = MAPPER.readTree(payload);
      JsonNode metadata = root.required("metadata");
      return ChatResponse.builder()
          .aiMessage((AiMessage)
              ChatMessageDeserializer.messageFromJson(root.required("message").textValue()))
          .metadata(
              metadata.has(OpenAiMetadata.MARK)
                  ? OpenAiMetadata.decode(metadata)
                  : MetadataJson.decode(metadata))
          .build();
    } catch (JsonProcessingException e) {
      // Without the cause, whose message quotes the text.
      throw new IllegalArgumentException("not a stored chat response");
    }
  }

  @Override
  public List<String> chunks(ChatResponse response) {
    var chunks = new ArrayList<String>();
    AiMessage message = response.aiMessage();
    if (message.thinking() != null) {
      chunks.add(StreamEvent.thinking(message.thinking()));
    }
    if (message.text() != null) {
      chunks.add(StreamEvent.text(message.text()));
    }
    List<ToolExecutionRequest> calls = message.toolExecutionRequests();
    for (int i = 0; i < calls.size(); i++) {
      chunks.add(StreamEvent.toolCall(i, calls.get(i)));
    }
    return chunks;
  }
}
