package io.holdfast.springai;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.holdfast.response.ResponseKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.content.Media;
import org.springframework.ai.content.MediaContent;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/**
 * The key of a prompt: all of it, and what the client adds on the way to the model, in a canonical form. Anything
 * that is not known whole makes the prompt not cacheable.
 */
final class ChatKeys {

  // Without annotations: options hide from their JSON what goes into headers and the like.
  private static final JsonMapper ALL_PROPERTIES =
      JsonMapper.builder().configure(MapperFeature.USE_ANNOTATIONS, false).build();
  private static final TypeReference<Map<String, Object>> PROPERTIES = new TypeReference<>() {};

  /** What the client itself has to say to the model, such as the form of the answer. */
  private static final String OF_THE_CLIENT = "spring.ai.chat.client.";

  private final String service;

  ChatKeys(String service) {
    this.service = service;
  }

  ResponseKey of(ChatClientRequest request) {
    try {
      var key = ResponseKey.builder(service)
          .messages(messages(request.prompt().getInstructions()))
          .part("client", ofTheClient(request.context()));
      ChatOptions options = request.prompt().getOptions();
      if (options == null) {
        return key.model("").build();
      }
      if (options instanceof ToolCallingChatOptions tools && hasAny(tools)) {
        return ResponseKey.notCacheable("a prompt with tools");
      }
      key.model(options.getModel() == null ? "" : options.getModel());
      if (options.getTemperature() != null) {
        key.temperature(options.getTemperature());
      }
      key.part("options", options.getClass().getName());
      key.parameters(ALL_PROPERTIES.convertValue(options, PROPERTIES));
      String question = question(request.prompt().getInstructions());
      if (question != null) {
        key.question(question);
      }
      return key.build();
    } catch (NoCanonicalFormException e) {
      return ResponseKey.notCacheable(e.what);
    } catch (RuntimeException e) {
      // Without its message, which may quote the prompt.
      return ResponseKey.notCacheable("prompt: " + e.getClass().getName());
    }
  }

  private static boolean hasAny(ToolCallingChatOptions tools) {
    return !tools.getToolCallbacks().isEmpty() || !tools.getToolNames().isEmpty();
  }

  private static Map<String, Object> ofTheClient(Map<String, Object> context) {
    var told = new LinkedHashMap<String, Object>();
    context.forEach((name, value) -> {
      if (name.startsWith(OF_THE_CLIENT)) {
        told.put(name, value);
      }
    });
    return told;
  }

  private static List<Object> messages(List<Message> messages) {
    var parts = new ArrayList<Object>();
    for (Message message : messages) {
      var part = new LinkedHashMap<String, @Nullable Object>();
      part.put("role", message.getMessageType());
      part.put("text", message.getText());
      part.put("metadata", message.getMetadata());
      if (message.getClass() == AssistantMessage.class) {
        part.put("toolCalls", ((AssistantMessage) message).getToolCalls());
      } else if (message.getClass() == ToolResponseMessage.class) {
        part.put("responses", ((ToolResponseMessage) message).getResponses());
      } else if (message.getClass() != UserMessage.class
          && message.getClass() != SystemMessage.class) {
        throw new NoCanonicalFormException(message.getClass().getName());
      }
      if (message instanceof MediaContent content) {
        part.put("media", content.getMedia().stream().map(ChatKeys::media).toList());
      }
      parts.add(part);
    }
    return parts;
  }

  private static Map<String, @Nullable Object> media(Media media) {
    var part = new LinkedHashMap<String, @Nullable Object>();
    part.put("type", media.getMimeType().toString());
    part.put("name", media.getName());
    part.put("id", media.getId());
    part.put("data", media.getData());
    return part;
  }

  /** The last thing the user said, if it is nothing but text. */
  private static @Nullable String question(List<Message> messages) {
    Message last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
    return last instanceof UserMessage user && user.getMedia().isEmpty() ? user.getText() : null;
  }

  /** Something in a prompt that must not be guessed at. */
  private static final class NoCanonicalFormException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    NoCanonicalFormException(String what) {
      super(what);
      this.what = what;
    }
  }
}
