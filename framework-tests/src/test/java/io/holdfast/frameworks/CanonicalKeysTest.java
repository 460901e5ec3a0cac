package io.holdfast.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.acme.answers.Answers;
import com.acme.answers.Question;
import com.acme.spring.AnswersConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code CanonicalKeyGenerator} behind the annotations of JSR-107, by Spring's interceptors. */
final class CanonicalKeysTest {

  private static final Question WHY = new Question("why", List.of("orders"));

  @TempDir
  Path directory;

  private SpringFixture spring;

  @BeforeEach
  void start() {
    spring = new SpringFixture(directory, AnswersConfiguration.class);
  }

  @AfterEach
  void close() {
    spring.close();
  }

  private Answers answers() {
    return spring.bean(Answers.class);
  }

  @Test
  void cacheResult_equalQuestion_isServedAfterARestart() {
    assertThat(answers().explain(WHY)).isEqualTo("about why");
    spring.restart();
    assertThat(answers().explain(new Question("why", new ArrayList<>(List.of("orders")))))
        .isEqualTo("about why");
    assertThat(answers().computations()).isZero();
  }

  @Test
  void cacheResult_otherQuestion_isComputed() {
    answers().explain(WHY);
    answers().explain(new Question("why", List.of("items")));
    assertThat(answers().computations()).isEqualTo(2);
  }

  /** Without the type of the result in the key the second call would find a String. */
  @Test
  void cacheResult_otherResultType_isAnotherEntry() {
    answers().explain(WHY);
    assertThat(answers().count(WHY)).isEqualTo(2);
  }

  @Test
  void cacheResult_key_doesNotHoldThePrompt() {
    answers().explain(WHY);
    Cache<Object, Object> cache = spring.bean(CacheManager.class).getCache("answers");
    assertThat(StreamSupport.stream(cache.spliterator(), false)
            .map(entry -> entry.getKey().toString()))
        .singleElement()
        .asString()
        .contains("answers#")
        .doesNotContain("why");
  }

  @Test
  void cachePutAndCacheRemove_meetTheKeyOfTheResult() {
    answers().correct(WHY, "because");
    assertThat(answers().explain(WHY)).isEqualTo("because");
    answers().forget(WHY);
    assertThat(answers().explain(WHY)).isEqualTo("about why");
  }

  @Test
  void cacheRemove_thatDoesNotSayWhatIsCached_fails() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> answers().forgetWhatever(WHY))
        .withMessageContaining("resultType");
  }

  @Test
  void cacheResult_parameterWithoutCanonicalForm_failsInsteadOfGuessing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> answers().anything(Map.of("x", new StringJoiner(","))))
        .withMessageContaining(StringJoiner.class.getName());
    assertThat(answers().computations()).isZero();
  }
}
