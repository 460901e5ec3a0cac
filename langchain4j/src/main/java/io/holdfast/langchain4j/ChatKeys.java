package io.holdfast.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.holdfast.response.ResponseKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The key of a chat request: all of it, in a canonical form. Messages and tools count by LangChain4j's own
 * JSON, provided that it holds the whole of them: what does not come back equal from it is not cacheable.
 */
final class ChatKeys {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final String service;
  private final ModelProvider provider;

  ChatKeys(String service, ModelProvider provider) {
    this.service = service;
    this.provider = provider;
  }

  /** The key, with the effective parameters; not cacheable if anything has no canonical form. */
  ResponseKey of(ChatRequest request) {
    try {
      ChatRequestParameters parameters = request.parameters();
      var key = ResponseKey.builder(service)
          .part("provider", provider)
          .messages(messages(request.messages()))
          .parameters(parameters(parameters));
      // Where no model is named the service has one of its own.
      key.model(parameters.modelName() == null ? "" : parameters.modelName());
      if (parameters.temperature() != null) {
        key.temperature(parameters.temperature());
      }
      key.tools(tools(parameters.toolSpecifications()));
      if (parameters.responseFormat() != null) {
        key.responseFormat(format(parameters.responseFormat()));
      }
      String question = question(request.messages());
      if (question != null) {
        key.question(question);
      }
      return key.build();
    } catch (NoCanonicalFormException e) {
      return ResponseKey.notCacheable(e.what);
    } catch (RuntimeException e) {
      // Without its message, which may quote the request.
      return ResponseKey.notCacheable("chat request: " + e.getClass().getName());
    }
  }

  private static List<Object> messages(List<ChatMessage> messages) {
    var parts = new ArrayList<Object>();
    for (ChatMessage message : messages) {
      String json = ChatMessageSerializer.messageToJson(message);
      if (!message.equals(ChatMessageDeserializer.messageFromJson(json))) {
        throw new NoCanonicalFormException(message.getClass().getName());
      }
      parts.add(object(json));
    }
    return parts;
  }

  /** The last thing the user said, if it is nothing but text. */
  private static @Nullable String question(List<ChatMessage> messages) {
    ChatMessage last = messages.get(messages.size() - 1);
    return last instanceof UserMessage user && user.hasSingleText() ? user.singleText() : null;
  }

  private static List<Object> tools(@Nullable List<ToolSpecification> tools) {
    var parts = new ArrayList<Object>();
    for (ToolSpecification tool : tools == null ? List.<ToolSpecification>of() : tools) {
      String json = tool.toJson();
      if (!tool.equals(ToolSpecification.fromJson(json))) {
        throw new NoCanonicalFormException(tool.getClass().getName());
      }
      parts.add(object(json));
    }
    return parts;
  }

  private static Map<String, Object> parameters(ChatRequestParameters parameters) {
    var parts = new LinkedHashMap<String, Object>(ProviderParameters.of(parameters));
    put(parts, "topP", parameters.topP());
    put(parts, "topK", parameters.topK());
    put(parts, "frequencyPenalty", parameters.frequencyPenalty());
    put(parts, "presencePenalty", parameters.presencePenalty());
    put(parts, "maxOutputTokens", parameters.maxOutputTokens());
    put(parts, "stopSequences", parameters.stopSequences());
    put(parts, "toolChoice", parameters.toolChoice());
    return parts;
  }

  private static void put(Map<String, Object> parts, String name, @Nullable Object value) {
    if (value != null) {
      parts.put(name, value);
    }
  }

  private static Map<String, Object> format(ResponseFormat format) {
    var parts = new LinkedHashMap<String, Object>();
    parts.put("type", format.type());
    JsonSchema schema = format.jsonSchema();
    if (schema != null) {
      put(parts, "name", schema.name());
      // As the providers' clients write it into their requests.
      parts.put("schema", JsonSchemaElementUtils.toMap(schema.rootElement()));
    }
    return parts;
  }

  private static Map<String, Object> object(String json) {
    try {
      return MAPPER.readValue(json, OBJECT);
    } catch (JsonProcessingException e) {
      throw new NoCanonicalFormException("JSON of LangChain4j");
    }
  }

  /** Something in a request that must not be guessed at. */
  static final class NoCanonicalFormException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    NoCanonicalFormException(String what) {
      super(what);
      this.what = what;
    }
  }
}
