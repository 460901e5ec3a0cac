package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.schema.SchemaKey;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tenant's answers go, all of them and nobody else's. */
class EraseTest {

  private static final SchemaKey ORDERS =
      new SchemaKey("postgresql:shop:0123", "public", "orders", "f1:" + "a".repeat(64), "profile");

  private final CacheFixture fixture = new CacheFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static ResponseKey chatOf(String tenant) {
    return ResponseKey.builder("chat").tenant(tenant).part("question", "why").build();
  }

  @Test
  void erase_tenant_removesItsAnswersInAllNamespacesAndNoOthers() {
    var profile = ResponseKey.builder(ORDERS).tenant("acme").build();
    var withoutTenant = ResponseKey.builder("chat").part("question", "why").build();
    try (var responses = fixture.builder().build()) {
      responses.get(chatOf("acme"), () -> "secret");
      responses.get(profile, () -> "secret too");
      responses.get(chatOf("other"), () -> "theirs");
      responses.get(withoutTenant, () -> "everybody's");

      assertThat(responses.erase("acme")).isEqualTo(2);
      assertThat(responses.erase("acme")).isZero();

      assertThat(responses.answer(chatOf("acme"), () -> "anew").outcome()).isEqualTo(Outcome.MISS);
      assertThat(responses.answer(profile, () -> "anew").outcome()).isEqualTo(Outcome.MISS);
      assertThat(responses.get(chatOf("other"), () -> "lost")).isEqualTo("theirs");
      assertThat(responses.get(withoutTenant, () -> "lost")).isEqualTo("everybody's");
    }
  }

  @Test
  void erase_whileTheTenantsCallRuns_itsAnswerIsNotStored() {
    try (var responses = fixture.builder().build()) {
      String answer = responses.get(chatOf("acme"), () -> {
        responses.erase("acme");
        return "secret";
      });
      assertThat(answer).isEqualTo("secret");
      assertThat(responses.statistics().notStored()).containsEntry(NotStoredReason.SUPERSEDED, 1L);
      assertThat(fixture.cache()).isEmpty();
    }
  }

  /** Other operations pass over trouble; that something is gone must not be claimed. */
  @Test
  void erase_cacheFails_saysSo() {
    var faulty = new FaultyCache(fixture.cache());
    try (var responses = fixture.builder(faulty.view()).build()) {
      responses.get(chatOf("acme"), () -> "secret");
      faulty.everythingFails(true);
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> responses.erase("acme"))
          .withMessageContaining("some may be left");
      faulty.everythingFails(false);
      assertThat(responses.erase("acme")).isEqualTo(1);
    }
  }
}
