package io.holdfast.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.catalogue.Stock;
import com.acme.catalogue.UnknownArticleException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The annotations of JSR-107, by Spring's interceptors. */
final class JsrAnnotationsTest {

  @TempDir
  Path directory;

  private SpringFixture spring;

  @BeforeEach
  void start() {
    spring = new SpringFixture(directory);
  }

  @AfterEach
  void close() {
    spring.close();
  }

  private Stock stock() {
    return spring.bean(Stock.class);
  }

  @Test
  void cacheResult_isServedAfterARestart() {
    assertThat(stock().pieces("kelp")).isEqualTo(1);
    assertThat(stock().piecesIn("kelp", "Brest")).isEqualTo(2);
    spring.restart();
    assertThat(stock().pieces("kelp")).isEqualTo(1);
    assertThat(stock().piecesIn("kelp", "Brest")).isEqualTo(2);
    assertThat(stock().computations()).isZero();
  }

  @Test
  void cacheResult_cachedException_isThrownAgainAfterARestart() {
    assertThatThrownBy(() -> stock().pieces("no kelp"))
        .isExactlyInstanceOf(UnknownArticleException.class);
    spring.restart();
    assertThatThrownBy(() -> stock().pieces("no kelp"))
        .isExactlyInstanceOf(UnknownArticleException.class)
        .hasMessage("There is no article no kelp");
    assertThat(stock().computations()).isZero();
  }

  @Test
  void cachePut_isServedAfterARestart() {
    stock().count("kelp", 42);
    spring.restart();
    assertThat(stock().pieces("kelp")).isEqualTo(42);
    assertThat(stock().computations()).isZero();
  }

  @Test
  void cacheRemove_removesOneForGood() {
    stock().count("kelp", 42);
    stock().count("dulse", 43);
    stock().recount("kelp");
    spring.restart();
    assertThat(stock().pieces("kelp")).isEqualTo(1);
    assertThat(stock().pieces("dulse")).isEqualTo(43);
  }

  @Test
  void cacheRemoveAll_removesAllForGood() {
    stock().count("kelp", 42);
    stock().count("dulse", 43);
    stock().recountEverything();
    spring.restart();
    assertThat(stock().pieces("kelp")).isEqualTo(1);
    assertThat(stock().pieces("dulse")).isEqualTo(2);
  }
}
