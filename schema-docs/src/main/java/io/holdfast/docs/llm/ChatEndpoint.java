package io.holdfast.docs.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.docs.describe.DescriptionException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The chat completions of an OpenAI-compatible server. One request per call, no retries: the cache
 * keeps what succeeded, so running again asks only for the rest. Safe from any thread.
 */
public final class ChatEndpoint {

  /** The environment variable that the key comes from. */
  public static final String API_KEY_VARIABLE = "HOLDFAST_LLM_API_KEY";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;
  private final String apiKey;
  private final URI completions;
  private final HttpClient client;

  /**
   * Connects to nothing yet.
   *
   * @param apiKey sent as a bearer token; empty for none
   */
  public ChatEndpoint(Settings settings, String apiKey) {
    this.settings = settings;
    this.apiKey = apiKey;
    this.completions = URI.create(settings.baseUrl() + "/chat/completions");
    this.client = HttpClient.newBuilder()
        // Small model servers stumble over the offer to switch to HTTP/2.
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  /** As it was given. */
  public Settings settings() {
    return settings;
  }

  /**
   * Asks and waits for the whole answer, at most for the configured time.
   *
   * @throws DescriptionException with a sentence that says what the server objected to; it holds
   *     neither the key nor the prompt
   */
  StreamedAnswer ask(String system, String user) throws DescriptionException {
    HttpResponse<String> response = send(
        request(body(system, user)), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() != 200) {
      throw new DescriptionException(objection(response.statusCode()));
    }
    return answer(response.body());
  }

  /**
   * Asks, and tells the answer piece by piece as it comes, on the calling thread, which waits for its end.
   *
   * @param onCancel is handed what ends the call from another thread; this method throws then
   * @throws DescriptionException as with a whole answer, and if the stream breaks
   */
  public StreamedAnswer stream(
      String system, String user, Consumer<String> words, Consumer<Runnable> onCancel)
      throws DescriptionException {
    ObjectNode body = body(system, user).put("stream", true);
    body.putObject("stream_options").put("include_usage", true);
    HttpResponse<InputStream> response =
        send(request(body), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream events = response.body()) {
      if (response.statusCode() != 200) {
        throw new DescriptionException(objection(response.statusCode()));
      }
      onCancel.accept(() -> closeQuietly(events));
      return EventStream.read(events, words);
    } catch (IOException e) {
      throw new DescriptionException(where() + " broke its answer off.", e);
    }
  }

  @SuppressWarnings("EmptyCatch") // the reader hears of it
  private static void closeQuietly(InputStream events) {
    try {
      events.close();
    } catch (IOException e) {
      // It is given up anyway.
    }
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws DescriptionException {
    try {
      return client.send(request, handler);
    } catch (HttpTimeoutException e) {
      throw new DescriptionException(
          where() + " did not answer within " + settings.timeout().toSeconds() + " seconds.", e);
    } catch (ConnectException e) {
      throw new DescriptionException(
          isUnresolved(e)
              ? "Unknown host " + completions.getHost() + " in --llm-url."
              : where() + " refuses the connection; is the server running?",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DescriptionException("The wait for the model was interrupted.", e);
    } catch (IOException e) {
      throw new DescriptionException(where() + " broke the connection.", e);
    }
  }

  private ObjectNode body(String system, String user) {
    ObjectNode body = JSON.createObjectNode()
        .put("model", settings.model())
        .put("temperature", settings.temperature())
        .put("max_tokens", settings.maxTokens())
        .put("stream", false);
    body.putArray("messages")
        .add(JSON.createObjectNode().put("role", "system").put("content", system))
        .add(JSON.createObjectNode().put("role", "user").put("content", user));
    return body;
  }

  private HttpRequest request(ObjectNode body) throws DescriptionException {
    try {
      var request = HttpRequest.newBuilder(completions)
          .timeout(settings.timeout())
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
      if (!apiKey.isEmpty()) {
        request.header("Authorization", "Bearer " + apiKey);
      }
      return request.build();
    } catch (JsonProcessingException e) {
      throw new DescriptionException("The prompt cannot be written as JSON.", e);
    } catch (IllegalArgumentException e) {
      // The message of the JDK would quote the header, and with it the key.
      throw new DescriptionException(
          "The API key in " + API_KEY_VARIABLE + " holds characters that no HTTP header may hold.");
    }
  }

  private String objection(int status) {
    return switch (status) {
      case 401, 403 ->
        where() + " rejects the API key (status " + status + "); it is read from "
            + API_KEY_VARIABLE + ".";
      case 404 ->
        where() + " knows no model " + settings.model()
            + ", or --llm-url is not its base address (status 404).";
      case 429 ->
        where() + " is over its limit of requests (status 429); run again later, what is"
            + " done is kept.";
      default ->
        status >= 500
            ? where() + " has a problem of its own (status " + status + ")."
            : where() + " rejects the request (status " + status + ").";
    };
  }

  private StreamedAnswer answer(String body) throws DescriptionException {
    try {
      JsonNode completion = JSON.readTree(body);
      JsonNode choice = completion.path("choices").path(0);
      JsonNode content = choice.path("message").path("content");
      if (content.isTextual()) {
        // Half a description is not worth keeping.
        if (choice.path("finish_reason").asText("stop").equals("length")) {
          throw new DescriptionException("The model's answer was cut off after "
              + settings.maxTokens() + " tokens; allow more with --max-tokens.");
        }
        return StreamedAnswer.of(content.asText(), completion.path("usage"), /* cutOff= */ false);
      }
    } catch (JsonProcessingException e) {
      throw new DescriptionException(where() + " answered something that is not JSON.", e);
    }
    throw new DescriptionException(where() + " answered without a message.");
  }

  private static boolean isUnresolved(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  private String where() {
    int port = completions.getPort();
    return "The model server " + completions.getHost() + (port < 0 ? "" : ":" + port);
  }

  /**
   * Which server and model, and how to ask.
   *
   * @param baseUrl up to but without {@code /chat/completions}, no slash at its end
   * @param model the model's name
   * @param temperature 0 for the most probable words
   * @param maxTokens the longest answer
   * @param timeout for one answer
   */
  public record Settings(
      String baseUrl, String model, double temperature, int maxTokens, Duration timeout) {

    /**
     * Checks the address.
     *
     * @throws IllegalArgumentException if it is not an address of http or https, or holds a password
     */
    public Settings {
      URI uri = URI.create(baseUrl);
      if (uri.getHost() == null
          || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        throw new IllegalArgumentException("not an http or https address");
      }
      if (uri.getUserInfo() != null) {
        throw new IllegalArgumentException("a key or password does not belong into an address");
      }
      baseUrl = baseUrl.replaceFirst("/+$", "");
    }
  }
}
