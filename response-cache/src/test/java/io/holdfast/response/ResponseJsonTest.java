package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text that stands in files. */
class ResponseJsonTest {

  @Test
  void encode_fullResponse_isThisTextAndComesBack() {
    var response = CachedResponse.of(
        "text",
        "line one\nünï 😀 \"quoted\" \\ \u0000",
        1_700_000_000_000L,
        1_700_000_060_000L,
        1234,
        new Cost(new BigDecimal("0.10"), "USD"));
    String json = ResponseJson.encode(response);
    assertThat(json).isEqualTo("""
            {"v":1,"codec":"text","createdAtMillis":1700000000000,"expiresAtMillis":1700000060000,\
            "computeMillis":1234,"cost":{"amount":"0.10","unit":"USD"},"payloadCrc32c":%d,\
            "payload":"line one\\nünï 😀 \\"quoted\\" \\\\ \\u0000"}""".formatted(response.payloadCrc32c()));
    assertThat(ResponseJson.decode(json)).isEqualTo(response);
    assertThat(ResponseJson.decode(json).isIntact()).isTrue();
  }

  @Test
  void encode_withoutCostAndExpiry_leavesThemOut() {
    var response = CachedResponse.of("text", "a", 1, Long.MAX_VALUE, 0, null);
    String json = ResponseJson.encode(response);
    assertThat(json).doesNotContain("cost", "expires");
    assertThat(ResponseJson.decode(json)).isEqualTo(response);
  }

  @Test
  void decode_changedPayload_isNotIntact() {
    String json = ResponseJson.encode(CachedResponse.of("text", "yes", 1, 2, 3, null));
    assertThat(ResponseJson.decode(json.replace("\"yes\"", "\"no\"")).isIntact())
        .isFalse();
    assertThat(ResponseJson.decode(json.replace("\"v\":1", "\"v\":2")).isIntact())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "null",
        "[]",
        "{}",
        "{\"v\":1}",
        "{\"v\":99999999999,\"codec\":\"text\",\"payload\":\"secret\",\"payloadCrc32c\":0,"
            + "\"createdAtMillis\":0,\"computeMillis\":0}",
        "{\"v\":1,\"codec\":\"text\",\"payload\":7,\"payloadCrc32c\":0,"
            + "\"createdAtMillis\":0,\"computeMillis\":0}",
        "{\"v\":1,\"codec\":\"text\",\"payload\":\"secret\",\"payloadCrc32c\":0,"
            + "\"createdAtMillis\":0,\"computeMillis\":0,\"cost\":{\"amount\":\"x\",\"unit\":\"y\"}}",
        "{\"v\":1,\"codec\":\"text\",\"payload\":\"secret\",\"payloadCrc32c\":0,"
            + "\"createdAtMillis\":0,\"computeMillis\":0} trailing"
      })
  void decode_notAResponse_saysSoWithoutQuoting(String text) {
    assertThatExceptionOfType(ResponseFormatException.class)
        .isThrownBy(() -> ResponseJson.decode(text))
        .withMessageNotContaining("secret")
        .withNoCause();
  }
}
