package io.holdfast.docs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked wrongly, or by somebody who may not. Nothing here changes the one service. */
class RequestRulesTest {

  private static final String ORDERS = "/api/tables/default.PUBLIC.ORDERS/explanation";

  private static Serving serving;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    Path database = Serving.execute(directory.resolve("shop"), "CREATE TABLE orders (id int)");
    serving = Serving.of(directory, database, /* model= */ null);
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing, 404",
    "GET, /api/tables/nothing/explanation, 404",
    "GET, /api/tables/default.PUBLIC.NONE/explanation, 404",
    "GET, /api/tables/other.PUBLIC.ORDERS/explanation, 404",
    "GET, /api/tables?connection=other, 404",
    "GET, /api/tables/a%2Fb/explanation, 400",
    "PUT, /api/tables, 405",
    "GET, /api/cache, 405",
    "DELETE, /api/cache, 401",
  })
  void wrongRequest_isAProblemInJson(String method, String path, int status) throws Exception {
    HttpResponse<String> response =
        serving.send(serving.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = Serving.json(response);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("detail").asText()).isNotBlank();
  }

  @Test
  void everyAnswer_hasTheHeadersThatKeepBrowsersSafe() throws Exception {
    for (String path : new String[] {"/", "/page.js", "/api/tables", "/nothing"}) {
      var headers = serving.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Server")).isEmpty();
    }
  }

  @Test
  void page_holdsNoScriptOrStyleOfItsOwn() throws Exception {
    String page = serving.get("/").body();
    assertThat(page).contains("<script type=\"module\" src=").doesNotContain("<style");
    assertThat(page)
        .doesNotContainPattern("<script(?![^>]*src=)")
        .doesNotContainPattern(" on\\w+=");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "LOCALHOST:8080, 200",
    "127.0.0.1:1, 200",
    "[::1]:8080, 200",
    "evil.example, 421",
    "127.0.0.1.evil.example, 421",
    "localhost.evil.example:8080, 421",
  })
  void hostThatIsNotTheLoopbacks_isRefused(String host, int status) throws Exception {
    assertThat(
            serving.raw("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status + " ");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example, 403",
    "Origin, null, 403",
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-site, 403",
    "Sec-Fetch-Site, same-origin, 200",
  })
  void pageOfAnotherSite_isRefused(String header, String value, int status) throws Exception {
    assertThat(serving.send(serving.request(ORDERS).header(header, value)).statusCode())
        .isEqualTo(status);
  }
}
