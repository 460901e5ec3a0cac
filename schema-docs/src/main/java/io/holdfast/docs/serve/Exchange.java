package io.holdfast.docs.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Fields;

/** One request and its answer; the only class besides the server itself that knows Jetty's types. */
final class Exchange {
  static final String JSON_TYPE = "application/json";

  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private final Request request;
  private final Response response;
  private final ServiceSettings settings;
  private String segment = "";

  Exchange(Request request, Response response, ServiceSettings settings) {
    this.request = request;
    this.response = response;
    this.settings = settings;
  }

  String method() {
    return request.getMethod();
  }

  String path() {
    return Request.getPathInContext(request);
  }

  /** What stood for the {@code *} of the path. */
  String segment() {
    return segment;
  }

  void segment(String found) {
    this.segment = found;
  }

  /** A parameter of the query, empty if it is not there. */
  String query(String name) throws Problem {
    try {
      Fields fields = Request.extractQueryParameters(request);
      String value = fields.getValue(name);
      return value == null ? "" : value;
    } catch (RuntimeException e) {
      throw Problem.of(400, "The query of the address cannot be read.");
    }
  }

  /** A header of the request, empty if it is not there. */
  String header(String name) {
    String value = request.getHeaders().get(name);
    return value == null ? "" : value;
  }

  /** Sets a header of the answer. */
  void answerHeader(String name, String value) {
    response.getHeaders().put(name, value);
  }

  /** Whether the status has gone out, and can no longer be another one. */
  boolean isCommitted() {
    return response.isCommitted();
  }

  /** A call that takes long is no reason to hang up. */
  void mayTakeLong() {
    request.addIdleTimeoutListener((TimeoutException idle) -> false);
  }

  /**
   * The body, a JSON object.
   *
   * @throws Problem if it is something else, too long, or too slow to arrive
   */
  JsonNode body() throws IOException, Problem {
    String type = header("Content-Type").split(";", 2)[0].strip();
    // Not what a form of another site could send.
    if (!type.equalsIgnoreCase(JSON_TYPE)) {
      throw Problem.of(415, "The body must be " + JSON_TYPE + ".");
    }
    try {
      JsonNode body = JSON.readTree(limited());
      if (body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException e) {
      // Its message would quote the body.
      throw Problem.of(400, "The body is not JSON.");
    }
    throw Problem.of(400, "The body must be a JSON object.");
  }

  private byte[] limited() throws IOException, Problem {
    if (request.getLength() > settings.maxBodyBytes()) {
      throw tooLong();
    }
    long endNanos = System.nanoTime() + settings.bodyTime().toNanos();
    var bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = Content.Source.asInputStream(request)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes.write(buffer, 0, read);
        if (bytes.size() > settings.maxBodyBytes()) {
          throw tooLong();
        }
        if (System.nanoTime() - endNanos > 0) {
          throw Problem.of(408, "The body took too long to arrive.");
        }
      }
    }
    return bytes.toByteArray();
  }

  private Problem tooLong() {
    // What is left of the body is not read.
    return Problem.of(413, "The body may have " + settings.maxBodyBytes() + " bytes at most.")
        .with("Connection", "close");
  }

  /** Whether the caller has the answer with this strong entity tag already. */
  boolean has(String entityTag) {
    String tags = header("If-None-Match");
    return tags.strip().equals("*")
        || Arrays.stream(tags.split(",", -1))
            .map(tag -> tag.strip().replaceFirst("^W/", ""))
            .anyMatch(entityTag::equals);
  }

  /** Answers with a status alone. */
  void answer(int status) throws IOException {
    response.setStatus(status);
    Content.Sink.write(response, /* last= */ true, ByteBuffer.allocate(0));
  }

  /** Answers with these bytes. */
  void answer(int status, String contentType, byte[] body) throws IOException {
    response.setStatus(status);
    answerHeader("Content-Type", contentType);
    answerHeader("Content-Length", Integer.toString(body.length));
    Content.Sink.write(response, /* last= */ true, ByteBuffer.wrap(body));
  }

  /** Answers with this value, which nobody on the way keeps. */
  void answerJson(Object value) throws IOException {
    answerHeader("Cache-Control", "no-store");
    answer(200, JSON_TYPE, json(value));
  }

  void answer(Problem problem) throws IOException {
    answerHeader("Cache-Control", "no-store");
    if (!problem.header().isEmpty()) {
      answerHeader(problem.header(), problem.headerValue());
    }
    answer(problem.status(), "application/problem+json", json(problem.members()));
  }

  /** Sends the next part of an answer, and waits until the caller can take it. */
  void write(byte[] part, boolean last) throws IOException {
    Content.Sink.write(response, last, ByteBuffer.wrap(part));
  }

  static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records, maps, lists and texts can be written", e);
    }
  }
}
