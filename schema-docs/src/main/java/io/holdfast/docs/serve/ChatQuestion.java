package io.holdfast.docs.serve;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.docs.llm.ChatEndpoint;
import io.holdfast.docs.llm.SchemaQuestion;
import io.holdfast.docs.serve.Tenants.Located;
import io.holdfast.response.ResponseKey;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.TableStructure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question, and what it is about: one table, or all of a connection.
 *
 * @param tenant whose database
 * @param table the one table, if it is about one
 * @param structure as the model is told of it
 * @param wording of the question
 */
record ChatQuestion(
    Tenant tenant, Optional<TableStructure> table, String structure, String wording) {

  private static final String KIND = ChatModel.NAMESPACE;
  private static final int MAX_CHARS = 4_000;

  /**
   * Reads {@code {"question": …, "table": id}} or {@code {"question": …, "connection": name}}, and asks the
   * database whether the structure holds.
   *
   * @throws Problem if it is no such question, or the database does not answer
   */
  static ChatQuestion read(JsonNode body, Tenants tenants) throws Problem {
    String question = body.path("question").asText("").strip();
    if (question.isEmpty() || question.length() > MAX_CHARS) {
      throw Problem.of(
          400, "The body must have a \"question\" of " + MAX_CHARS + " characters at most.");
    }
    String id = body.path("table").asText("");
    if (!id.isEmpty()) {
      Located located = tenants.locate(id);
      return new ChatQuestion(
          located.tenant(),
          Optional.of(located.table()),
          SchemaQuestion.structure(List.of(located.table())),
          question);
    }
    Tenant tenant = tenants.get(body.path("connection").asText(""));
    tenant.validate();
    return new ChatQuestion(
        tenant, Optional.empty(), SchemaQuestion.structure(tenant.tables()), question);
  }

  /** As the model is asked. */
  String prompt() {
    return SchemaQuestion.about(structure, wording);
  }

  /** Everything that can change the answer; the wording by itself, so that it may stand in other words. */
  ResponseKey key(ChatEndpoint.Settings model) {
    var key = table.isEmpty() ? ResponseKey.builder(KIND) : aboutTable(table.get());
    if (!tenant.owner().isEmpty()) {
      key.tenant(tenant.owner());
    }
    return key.applicationVersion(KIND + "/" + SchemaQuestion.VERSION)
        .part("database", tenant.database().identity().id())
        .model(model.baseUrl() + " " + model.model())
        .temperature(model.temperature())
        .parameters(Map.of("max_tokens", model.maxTokens()))
        .messages(List.of(
            Map.of("role", "system", "content", SchemaQuestion.SYSTEM),
            Map.of("role", "user", "content", structure),
            Map.of("role", "user", "content", wording)))
        .question(wording)
        .build();
  }

  /** With the table before the hash, so that a drift removes the answer. */
  private ResponseKey.Builder aboutTable(TableStructure structure) {
    Optional<SchemaKey> key = tenant.database().key(structure.name(), KIND);
    return key.isPresent() ? ResponseKey.builder(key.get()) : ResponseKey.builder(KIND);
  }
}
