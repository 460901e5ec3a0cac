package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text that stands in files. */
class ResponseTextTest {

  @Test
  void encode_fullResponse_isThisTextAndComesBack() {
    var response = CachedResponse.of(
        "text",
        "line one\n\nünï 😀 \"quoted\" \\ \u0000\n",
        1_700_000_000_000L,
        1_700_000_060_000L,
        1234,
        new Cost(new BigDecimal("0.10"), "USD"));
    String text = ResponseText.encode(response);
    assertThat(text).isEqualTo("""
            holdfast-response: 1
            codec: text
            created-at-millis: 1700000000000
            expires-at-millis: 1700000060000
            compute-millis: 1234
            cost: 0.10 USD
            payload-crc32c: %d

            """.formatted(response.payloadCrc32c()) + response.payload());
    assertThat(ResponseText.decode(text)).isEqualTo(response);
    assertThat(ResponseText.decode(text).isIntact()).isTrue();
  }

  @Test
  void encode_usage_isALineForPeopleAndComesBack() {
    var usage = new Usage("gpt-x", new Tokens(1100, 800, 300));
    var response = CachedResponse.of("text", "a", 1, 2, 3, null, null, usage, null, null);
    String text = ResponseText.encode(response);
    assertThat(text).contains("\ntokens: 1100 input, 800 cached, 300 output\nmodel: gpt-x\n");
    assertThat(ResponseText.decode(text)).isEqualTo(response);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tokens: many\nmodel: m\n",
        "tokens: 1 input, 2 cached, 3 output\nmodel: m\n",
        "tokens: 3 input, 2 cached, 3 output\n"
      })
  void decode_tokensThatCannotBe_isRefused(String lines) {
    String text = ResponseText.encode(CachedResponse.of("text", "a", 1, 2, 3, null));
    assertThatExceptionOfType(ResponseFormatException.class)
        .isThrownBy(() -> ResponseText.decode(text.replace("codec: ", lines + "codec: ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Why?", "a\nb\r\n\n\\n \\ c\\", "codec: other\n\n"})
  void encode_question_isOneLineAndComesBack(String question) {
    var response = CachedResponse.of("text", "a", 1, 2, 3, null, null, null, question, null);
    String text = ResponseText.encode(response);
    assertThat(text.lines()).hasSize(9);
    assertThat(ResponseText.decode(text)).isEqualTo(response);
  }

  @Test
  void encode_meaning_isOneLineAndComesBack() {
    var meaning = new Meaning("p1:00ff", "m:12:AAE= x");
    var response = CachedResponse.of("text", "a", 1, 2, 3, null, null, null, "Why?", meaning);
    String text = ResponseText.encode(response);
    assertThat(text).contains("\nmeaning: p1:00ff m:12:AAE= x\n");
    assertThat(ResponseText.decode(text)).isEqualTo(response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"meaning: \n", "meaning: p1:00ff\n", "meaning:  AAE=\n"})
  void decode_meaningThatCannotBe_isAnAnswerWithoutIt(String line) {
    var response = CachedResponse.of("text", "a", 1, 2, 3, null);
    String text = ResponseText.encode(response);
    assertThat(ResponseText.decode(text.replace("codec: ", line + "codec: "))).isEqualTo(response);
  }

  @Test
  void encode_withoutCostAndExpiry_leavesThemOut() {
    var response = CachedResponse.of("text", "a", 1, Long.MAX_VALUE, 0, null);
    String text = ResponseText.encode(response);
    assertThat(text).doesNotContain("cost", "expires");
    assertThat(ResponseText.decode(text)).isEqualTo(response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\n\n", "codec: other\n\nholdfast-response: 7"})
  void decode_payloadThatLooksLikeAHead_staysPayload(String payload) {
    var response = CachedResponse.of("text", payload, 1, 2, 3, null);
    assertThat(ResponseText.decode(ResponseText.encode(response))).isEqualTo(response);
  }

  @Test
  void encode_codecNameOfTwoLines_isRefused() {
    var response = CachedResponse.of("a\nb", "", 1, 2, 3, null);
    assertThatExceptionOfType(ResponseFormatException.class)
        .isThrownBy(() -> ResponseText.encode(response));
  }

  @Test
  void decode_changedPayloadOrVersion_isNotIntact() {
    String text = ResponseText.encode(CachedResponse.of("text", "yes", 1, 2, 3, null));
    assertThat(ResponseText.decode(text.replace("yes", "no")).isIntact()).isFalse();
    assertThat(ResponseText.decode(text.replace("response: 1", "response: 2")).isIntact())
        .isFalse();
  }

  @Test
  void decode_fieldOfALaterVersion_isPassedOver() {
    var response = CachedResponse.of("text", "yes", 1, 2, 3, null);
    String text = ResponseText.encode(response).replace("codec:", "colour: blue\ncodec:");
    assertThat(ResponseText.decode(text)).isEqualTo(response);
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(
      strings = {
        "",
        "secret",
        "||secret",
        "holdfast-response: 1|secret",
        "holdfast-response: 1||secret",
        "holdfast-response: 99999999999|codec: a|created-at-millis: 0|compute-millis: 0|payload-crc32c: 0||",
        "holdfast-response: 1|codec: a|created-at-millis: secret|compute-millis: 0|payload-crc32c: 0||",
        "holdfast-response: 1|codec: a|created-at-millis: 0|compute-millis: 0|payload-crc32c: secret||",
        "holdfast-response: 1|codec: a|created-at-millis: 0|compute-millis: 0|cost: secret USD|payload-crc32c: 0||",
        "holdfast-response: 1|codec: a|created-at-millis: 0|compute-millis: 0|cost: secret|payload-crc32c: 0||",
        "holdfast-response: 1|codec:||secret"
      })
  void decode_notAResponse_saysSoWithoutQuoting(String lines) {
    assertThatExceptionOfType(ResponseFormatException.class)
        .isThrownBy(() -> ResponseText.decode(lines.replace('|', '\n')))
        .withMessageNotContaining("secret")
        .withNoCause();
  }
}
