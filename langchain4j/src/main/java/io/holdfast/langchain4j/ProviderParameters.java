package io.holdfast.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import io.holdfast.langchain4j.ChatKeys.NoCanonicalFormException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What goes with a request beside what {@link ChatKeys} names: what a provider's own class adds, such as
 * OpenAI's seed, and what a later LangChain4j may add for all. Each field is read by the public method of its
 * name; a class that holds something it does not show has no canonical form.
 */
final class ProviderParameters {

  private static final Set<String> NAMED_BY_CHAT_KEYS = Set.of(
      "modelName",
      "temperature",
      "topP",
      "topK",
      "frequencyPenalty",
      "presencePenalty",
      "maxOutputTokens",
      "stopSequences",
      "toolSpecifications",
      "toolChoice",
      "responseFormat");

  private ProviderParameters() {}

  static Map<String, Object> of(ChatRequestParameters parameters) {
    var parts = new LinkedHashMap<String, Object>();
    Class<?> type = parameters.getClass();
    parts.put("class", type.getName());
    if (!(parameters instanceof DefaultChatRequestParameters)) {
      throw new NoCanonicalFormException(type.getName());
    }
    while (type != Object.class) {
      boolean isCommon = type == DefaultChatRequestParameters.class;
      for (Field field : type.getDeclaredFields()) {
        boolean isNamed = isCommon && NAMED_BY_CHAT_KEYS.contains(field.getName());
        if (!isNamed && !Modifier.isStatic(field.getModifiers())) {
          read(parameters, type, field, parts);
        }
      }
      type = type.getSuperclass();
    }
    return parts;
  }

  private static void read(
      ChatRequestParameters parameters, Class<?> type, Field field, Map<String, Object> parts) {
    try {
      Object value = type.getMethod(field.getName()).invoke(parameters);
      if (value != null) {
        parts.put(type.getSimpleName() + "." + field.getName(), value);
      }
    } catch (ReflectiveOperationException e) {
      throw new NoCanonicalFormException(type.getName() + "." + field.getName());
    }
  }
}
