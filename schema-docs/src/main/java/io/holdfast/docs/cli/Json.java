package io.holdfast.docs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.holdfast.schema.SchemaSnapshot;
import io.holdfast.schema.StructureChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the commands print as JSON: maps, lists and texts. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** On one line. */
  static String line(Map<String, ?> value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists and texts can be written", e);
    }
  }

  /** On several lines. */
  static String pretty(Map<String, ?> value) {
    try {
      return MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists and texts can be written", e);
    }
  }

  /** Which database; nothing of how to log in but the user's name is in its identity. */
  static Map<String, String> database(SchemaSnapshot snapshot) {
    var database = new LinkedHashMap<String, String>();
    database.put("id", snapshot.identity().id());
    database.put("engine", snapshot.identity().dialect().name().toLowerCase(Locale.ROOT));
    database.put("name", snapshot.identity().database());
    return database;
  }

  static List<Map<String, String>> changes(List<StructureChange> changes) {
    return changes.stream().map(StructureChange::facts).toList();
  }
}
