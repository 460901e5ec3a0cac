package io.holdfast.docs.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.docs.describe.DescriptionException;
import io.holdfast.docs.profile.TableProfile;
import io.holdfast.docs.render.Structures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real server on the loopback. */
class ModelWriterTest {
  private static final TableProfile NO_ROWS = new TableProfile(0, true, 0, List.of(), List.of());
  private static final String KEY = "sk-very-secret";

  private final CountDownLatch release = new CountDownLatch(1);
  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = "";
  private volatile boolean hang;
  private volatile String seenBody = "";
  private volatile String seenAuthorization = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", exchange -> {
      seenBody = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      seenAuthorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (hang) {
        try {
          release.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.stop(0);
  }

  @Test
  void describe_answer_becomesProseWithoutMarkupOfItsOwn() throws DescriptionException {
    answer = "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":"
        + "\"# Orders\\nHolds `orders`. <script>x</script>\\n\\n- one | two\"}}]}";
    var description = writer(Duration.ofSeconds(20)).describe(Structures.ORDERS, NO_ROWS);
    assertThat(description.prose())
        .isEqualTo("Orders\nHolds `orders`. &lt;script&gt;x&lt;/script&gt;\n\n- one \\| two");
    assertThat(description.summary()).isEqualTo("Orders");
    assertThat(seenAuthorization).isEqualTo("Bearer " + KEY);
    assertThat(seenBody)
        .contains("\"model\":\"small\"")
        .contains("public.orders")
        .contains("customer_id");
  }

  @ParameterizedTest
  @CsvSource({
    "401, rejects the API key",
    "403, HOLDFAST_LLM_API_KEY",
    "404, knows no model small",
    "429, limit of requests",
    "500, problem of its own",
    "400, rejects the request"
  })
  void describe_errorStatus_isSaidInASentence(int given, String expected) {
    status = given;
    assertThatExceptionOfType(DescriptionException.class)
        .isThrownBy(() -> writer(Duration.ofSeconds(20)).describe(Structures.ORDERS, NO_ROWS))
        .withMessageContaining(expected)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(KEY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "not json ~ not JSON",
        "{} ~ without a message",
        "{\"choices\":[{\"message\":{\"content\":\"  \"}}]} ~ answered nothing",
        "{\"choices\":[{\"finish_reason\":\"length\",\"message\":{\"content\":\"half\"}}]} ~ cut off"
      })
  void describe_uselessAnswer_isAFailure(String given, String expected) {
    answer = given;
    assertThatExceptionOfType(DescriptionException.class)
        .isThrownBy(() -> writer(Duration.ofSeconds(20)).describe(Structures.ORDERS, NO_ROWS))
        .withMessageContaining(expected);
  }

  @Test
  void describe_noAnswerInTime_isAFailure() {
    hang = true;
    assertThatExceptionOfType(DescriptionException.class)
        .isThrownBy(() -> writer(Duration.ofMillis(200)).describe(Structures.ORDERS, NO_ROWS))
        .withMessageContaining("did not answer within");
  }

  @Test
  void describe_nobodyThere_isAFailure() {
    server.stop(0);
    assertThatExceptionOfType(DescriptionException.class)
        .isThrownBy(() -> writer(Duration.ofSeconds(20)).describe(Structures.ORDERS, NO_ROWS))
        .withMessageContaining("refuses the connection");
  }

  @Test
  void fingerprint_differsByModelAndTemperature_andHoldsNoKey() {
    String fingerprint = writer(Duration.ofSeconds(1)).fingerprint();
    assertThat(fingerprint).contains("small").contains("temperature=0.5").doesNotContain(KEY);
  }

  @Test
  void settings_addressWithPassword_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChatEndpoint.Settings(
            "http://user:secret@localhost", "m", 0, 1, Duration.ofSeconds(1)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  private ModelWriter writer(Duration timeout) {
    return new ModelWriter(new ChatEndpoint(
        new ChatEndpoint.Settings(
            "http://localhost:" + server.getAddress().getPort() + "/v1/",
            "small",
            0.5,
            100,
            timeout),
        KEY));
  }
}
