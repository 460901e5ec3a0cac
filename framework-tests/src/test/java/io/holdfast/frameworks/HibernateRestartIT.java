package io.holdfast.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.store.Grade;
import com.acme.store.Season;
import com.acme.store.Store;
import com.acme.store.StoreProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hibernate's caches when a JVM is killed, and when it dies between two writes that belong together. */
final class HibernateRestartIT {

  private static final String ALLOWED = "holdfast.serialization.allow";

  @TempDir
  Path directory;

  private StoreFixture fixture;

  @BeforeEach
  void start() {
    fixture = new StoreFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void newJvm_afterAKill_servesEverythingWithoutSql() throws Exception {
    List<String> first = store("fill");
    assertThat(first).hasSize(6);
    assertThat(first.get(5)).isNotEqualTo("statements 0");

    Store second = fixture.restart();
    assertThat(second.kelp()).isEqualTo(first.get(0));
    assertThat(second.kelpByArticle()).isEqualTo(first.get(1));
    assertThat(second.productsLike("%")).hasToString(first.get(2));
    assertThat(second.namesOf(Grade.FIRST)).hasToString(first.get(3));
    assertThat(second.statistics().getPrepareStatementCount()).isZero();
    assertThat(second.namesIn(Season.AUTUMN)).hasToString(first.get(4));
  }

  /**
   * The lock of a READ_WRITE region and the timestamp of the query cache were written first. A
   * NONSTRICT_READ_WRITE region has neither: what is wrong after such a death stays wrong.
   */
  @Test
  void newJvm_afterADeathBetweenCommitAndCacheWrite_asksTheDatabaseExceptForNonstrict()
      throws Exception {
    fixture.restart().fill();
    fixture.close();
    store("die");

    Store second = fixture.restart();
    assertThat(second.kelp()).startsWith("Sugar kelp");
    assertThat(second.kelpByArticle()).startsWith("Sugar kelp");
    assertThat(second.productsLike("Kelp")).isEmpty();
    assertThat(second.namesOf(Grade.FIRST)).containsExactly("Sugar kelp");
    assertThat(second.brand()).isEqualTo("Ocean");
  }

  private List<String> store(String what) throws Exception {
    return ChildJvm.runAndKill(
        line -> what.equals("fill") && line.startsWith("statements"),
        StoreProgram.class,
        "-D" + ALLOWED + "=" + System.getProperty(ALLOWED),
        fixture.database(),
        fixture.caches(),
        what);
  }
}
