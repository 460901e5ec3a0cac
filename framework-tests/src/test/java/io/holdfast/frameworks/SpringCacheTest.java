package io.holdfast.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.catalogue.Catalogue;
import com.acme.catalogue.Price;
import com.acme.catalogue.Season;
import com.acme.catalogue.UnknownArticleException;
import com.acme.spring.TolerantConfiguration;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spring's own annotations, in an application of the Spring Framework without Boot. */
final class SpringCacheTest {
  private static final int THREADS = 8;

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

  private Catalogue catalogue() {
    return spring.bean(Catalogue.class);
  }

  @Test
  void syncCacheable_manyThreadsAskForOneKey_computesOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<Price>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        answers.add(threads.submit(() -> {
          start.await();
          return catalogue().price("kelp");
        }));
      }
      start.countDown();
      for (Future<Price> answer : answers) {
        assertThat(answer.get()).isEqualTo(new Price("kelp", BigDecimal.ONE));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(catalogue().computations()).isEqualTo(1);
  }

  @Test
  void syncCacheable_methodThrows_throwsTheMethodsOwnExceptionAndCachesNothing() {
    assertThatThrownBy(() -> catalogue().unpriced("dulse"))
        .isExactlyInstanceOf(UnknownArticleException.class);
    assertThatThrownBy(() -> catalogue().unpriced("dulse"))
        .isExactlyInstanceOf(UnknownArticleException.class);
    assertThat(catalogue().computations()).isEqualTo(2);
  }

  @Test
  void cacheable_classNotAllowed_failsTheCallAndNamesIt() {
    assertThatThrownBy(() -> catalogue().layout("kelp"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("java.text.DecimalFormat is not on the allow-list");
  }

  @Test
  void cacheable_classNotAllowedAndErrorsTolerated_isAMiss() {
    spring.restart(TolerantConfiguration.class);
    assertThat(catalogue().layout("kelp")).isNotNull();
    assertThat(catalogue().layout("kelp")).isNotNull();
    assertThat(catalogue().computations()).isEqualTo(2);
  }

  @Test
  void cachePut_replacesTheAnswerAlsoAfterARestart() {
    catalogue().price("kelp");
    catalogue().reprice("kelp", BigDecimal.TEN);
    spring.restart();
    assertThat(catalogue().price("kelp")).isEqualTo(new Price("kelp", BigDecimal.TEN));
  }

  @Test
  void evictAllEntries_staysEvictedAfterARestart() {
    catalogue().price("kelp");
    catalogue().price("dulse");
    catalogue().repriceEverything();
    spring.restart();
    catalogue().price("kelp");
    catalogue().price("dulse");
    assertThat(catalogue().computations()).isEqualTo(2);
  }

  @Test
  void cacheable_answersNull_isServedAfterARestart() {
    assertThat(catalogue().discount("kelp")).isNull();
    spring.restart();
    assertThat(catalogue().discount("kelp")).isNull();
    assertThat(catalogue().computations()).isZero();
  }

  @Test
  void cacheable_severalArguments_isServedAfterARestart() {
    Price price = catalogue().priceInSeason("kelp", 3, Season.AUTUMN);
    spring.restart();
    assertThat(catalogue().priceInSeason("kelp", 3, Season.AUTUMN)).isEqualTo(price);
    assertThat(catalogue().computations()).isZero();
    catalogue().priceInSeason("kelp", 3, Season.SPRING);
    assertThat(catalogue().computations()).isEqualTo(1);
  }
}
