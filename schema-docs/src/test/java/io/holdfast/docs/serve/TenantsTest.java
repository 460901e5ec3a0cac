package io.holdfast.docs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several databases behind one service and one cache file. */
class TenantsTest {

  @TempDir
  Path directory;

  /** The same database twice is the hardest case: identity, table and structure are all equal. */
  @Test
  void twoConnections_sameTableAndStructure_neverShareAnEntry() throws Exception {
    Path same = Serving.execute(directory.resolve("same"), "CREATE TABLE t (id int)");
    Path other = Serving.execute(
        directory.resolve("other"), "CREATE TABLE t (id int)", "INSERT INTO t VALUES (7)");
    try (var serving = Serving.of(
        directory,
        Map.of("acme", same, "bravo", same, "coyote", other),
        Serving.settings(16),
        /* model= */ null)) {
      for (String name : new String[] {"acme", "bravo", "coyote"}) {
        HttpResponse<String> made = explanation(serving, name);
        assertThat(made.headers().firstValue("Cache-Status"))
            .as(name)
            .contains("holdfast; fwd=miss; stored");
        assertThat(Serving.json(made).path("connection").asText()).isEqualTo(name);
      }
      assertThat(Serving.json(explanation(serving, "coyote")).path("rows").asInt())
          .isEqualTo(1);
      assertThat(Serving.json(explanation(serving, "acme")).path("rows").asInt())
          .isZero();

      JsonNode one = Serving.json(serving.get("/api/tables?connection=bravo"));
      assertThat(one.path("connections")).hasSize(1);
      assertThat(one.at("/connections/0/tables")).hasSize(1);
    }
  }

  @Test
  void emptyingOneConnection_leavesTheOthers() throws Exception {
    Path same = Serving.execute(directory.resolve("same"), "CREATE TABLE t (id int)");
    try (var serving = Serving.of(
        directory, Map.of("acme", same, "bravo", same), Serving.settings(16), /* model= */ null)) {
      explanation(serving, "acme");
      explanation(serving, "bravo");
      var delete = serving
          .request("/api/cache?connection=acme")
          .DELETE()
          .header("Authorization", "Bearer " + Serving.TOKEN);
      assertThat(serving.send(delete).statusCode()).isEqualTo(204);
      assertThat(explanation(serving, "bravo").headers().firstValue("Cache-Status"))
          .contains("holdfast; hit");
      assertThat(explanation(serving, "acme").headers().firstValue("Cache-Status"))
          .contains("holdfast; fwd=miss; stored");
    }
  }

  @Test
  void emptying_withoutAConfiguredToken_isRefusedToEverybody() throws Exception {
    Path same = Serving.execute(directory.resolve("same"), "CREATE TABLE t (id int)");
    var settings = new ServiceSettings(
        "127.0.0.1", 0, 4, 1_000, ServiceSettings.DEFAULT.bodyTime(), /* adminToken= */ null);
    try (var serving =
        Serving.of(directory, Map.of(Tenant.UNNAMED, same), settings, /* model= */ null)) {
      var delete = serving.request("/api/cache").DELETE().header("Authorization", "Bearer null");
      HttpResponse<String> refused = serving.send(delete);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("--admin-token-file");
    }
  }

  private static HttpResponse<String> explanation(Serving serving, String connection)
      throws Exception {
    HttpResponse<String> response =
        serving.get("/api/tables/" + connection + ".PUBLIC.T/explanation");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response;
  }
}
