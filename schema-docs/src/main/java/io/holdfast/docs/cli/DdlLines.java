package io.holdfast.docs.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.holdfast.jdbc.ddl.DdlRecognizer;
import io.holdfast.jdbc.ddl.DdlVerdict;
import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.schema.SqlName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Statements in, verdicts out, as lines of JSON: exactly one line out for each line in, also where
 * the line in is broken. Holds one line at a time.
 */
final class DdlLines {

  /** A statement may be as long as a text can be; the output is ASCII, whatever a terminal speaks. */
  private static final JsonFactory JSON = new JsonFactoryBuilder()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
      .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
      .rootValueSeparator((String) null)
      .build();

  private final DdlRecognizer recognizer;
  private final PrintWriter out;
  private long count;
  private long broken;

  DdlLines(DdlRecognizer recognizer, PrintWriter out) {
    this.recognizer = recognizer;
    this.out = out;
  }

  long count() {
    return count;
  }

  /** How many lines were no JSON object with a text in its field {@code sql}. */
  long broken() {
    return broken;
  }

  /** Reads to the end, or until nobody takes the verdicts any more. */
  void judgeAll(BufferedReader in) throws IOException {
    JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    String line = in.readLine();
    while (line != null) {
      count++;
      answer(sqlOf(line), json);
      // Whoever asks line by line is waiting for the answer.
      if (!in.ready()) {
        json.flush();
        if (out.checkError()) {
          return;
        }
      }
      line = in.readLine();
    }
    json.flush();
  }

  private void answer(@Nullable String sql, JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (sql == null) {
      broken++;
      json.writeStringField(
          "error", "line " + count + " is not a JSON object with a text in its field sql");
    } else {
      DdlVerdict verdict = recognizer.recognise(sql);
      json.writeStringField("answer", verdict.answer().name().toLowerCase(Locale.ROOT));
      json.writeStringField("kind", verdict.kind());
      json.writeArrayFieldStart("objects");
      if (verdict.answer() != Answer.NO) {
        for (SqlName object : verdict.objects()) {
          json.writeString(object.toString());
        }
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  /** The statement of a line, or null if the line is broken. */
  private @Nullable String sqlOf(String line) throws IOException {
    int start = count == 1 && line.startsWith("\ufeff") ? 1 : 0;
    try (JsonParser json = JSON.createParser(line.substring(start))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      String sql = null;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = json.currentName().equals("sql");
        JsonToken value = json.nextToken();
        if (wanted) {
          sql = value == JsonToken.VALUE_STRING ? json.getText() : null;
        }
        json.skipChildren();
      }
      // Nothing may follow the object.
      return json.nextToken() == null ? sql : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
