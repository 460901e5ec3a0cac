package io.holdfast.store;

import static io.holdfast.store.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.store.Change.Expectation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may compute an entry, and whose result is written. The clock stands still unless told. */
@Timeout(60)
final class LeaseTableTest {
  private static final StoredKey KEY = StoreFixture.key("report");
  private static final long LEASE_MILLIS = 2_000;

  @TempDir
  Path directory;

  private StoreFixture store;
  private LeaseTable leases;

  @BeforeEach
  void open() {
    store = new StoreFixture(directory);
    leases = store.file().leases("things");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private long acquire() {
    return leases.tryAcquire(KEY, LEASE_MILLIS).orElseThrow();
  }

  private EntryTable.Outcome putHolding(long token, String value) {
    return store
        .table()
        .apply(List.of(store.put(KEY, value, Expectation.held(token, Expectation.ANY))));
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store.path());
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void tryAcquire_whileHeld_isEmpty_butOtherKeysAndPlainWritesGoOn() {
    long token = acquire();

    assertThat(leases.tryAcquire(KEY, LEASE_MILLIS)).isEmpty();
    assertThat(leases.tryAcquire(StoreFixture.key("other"), LEASE_MILLIS)).isPresent();
    store.store("report", "by hand");
    assertThat(store.value("report")).isEqualTo("by hand");
    assertThat(leases.isHeld(KEY, token)).isTrue();
  }

  @Test
  void tryAcquire_afterRelease_givesGreaterToken() {
    long first = acquire();
    leases.release(KEY, first);

    assertThat(leases.isHeld(KEY, first)).isFalse();
    assertThat(acquire()).isGreaterThan(first);
  }

  @Test
  void tryAcquire_beforeAndAfterTheTimeIsOver() {
    long first = acquire();

    store.advance(LEASE_MILLIS - 1);
    assertThat(leases.tryAcquire(KEY, LEASE_MILLIS)).isEmpty();
    store.advance(1);
    assertThat(acquire()).isGreaterThan(first);
    assertThat(leases.isHeld(KEY, first)).isFalse();
  }

  @Test
  void tryAcquire_equalKeysWrittenDifferently_shareALease() {
    assertThat(leases.tryAcquire(StoreFixture.ignoringCase("Report"), LEASE_MILLIS))
        .isPresent();
    assertThat(leases.tryAcquire(StoreFixture.ignoringCase("REPORT"), LEASE_MILLIS))
        .isEmpty();
  }

  @Test
  void apply_held_writesAndEndsTheLease() {
    long token = acquire();

    assertThat(putHolding(token, "computed").applied()).isTrue();
    assertThat(store.value("report")).isEqualTo("computed");
    assertThat(leases.isHeld(KEY, token)).isFalse();
  }

  @Test
  void apply_ofASlowHolder_whenAnotherHasTakenOver_changesNothing() {
    long slow = acquire();
    store.advance(LEASE_MILLIS);
    long next = acquire();

    assertThatThrownBy(() -> putHolding(slow, "old")).isInstanceOf(LeaseLostException.class);
    assertThat(store.value("report")).isNull();
    putHolding(next, "new");
    assertThatThrownBy(() -> putHolding(slow, "old")).isInstanceOf(LeaseLostException.class);
    assertThat(store.value("report")).isEqualTo("new");
  }

  @Test
  void apply_heldButOtherRowExpected_keepsTheLease() {
    store.store("report", "there");
    long token = acquire();

    var outcome = store
        .table()
        .apply(List.of(store.put(KEY, "new", Expectation.held(token, Expectation.ABSENT))));

    assertThat(outcome.applied()).isFalse();
    assertThat(leases.isHeld(KEY, token)).isTrue();
  }

  @Test
  void clear_endsLeases_soThatNothingComputedBeforeIsWritten() {
    long token = acquire();

    store.table().clear();

    assertThatThrownBy(() -> putHolding(token, "old")).isInstanceOf(LeaseLostException.class);
    assertThat(acquire()).isGreaterThan(token);
  }

  @Test
  void drop_deletesLeases() throws Exception {
    acquire();

    store.file().drop("things");

    assertThat(count("SELECT count(*) FROM lease")).isZero();
    assertThatThrownBy(this::acquire).isInstanceOf(CacheGoneException.class);
  }

  @Test
  void check_leaseWithoutCache_isFound() throws Exception {
    acquire();
    assertThat(store.file().check()).isEmpty();

    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store.path())) {
      connection.createStatement().executeUpdate("UPDATE lease SET cache_id = 4711");
    }

    assertThat(store.file().check()).singleElement().asString().contains("leases without a cache");
  }

  @Test
  void keep_prolongsInTheBackground_untilForgotten() throws Exception {
    long token = acquire();
    leases.keep(KEY, token, LEASE_MILLIS);

    store.advance(LEASE_MILLIS * 3 / 4);
    eventually(
        "the lease is prolonged",
        () -> count("SELECT expires_at_ms FROM lease") >= store.nowMillis() + LEASE_MILLIS);
    store.advance(LEASE_MILLIS / 4);
    assertThat(leases.tryAcquire(KEY, LEASE_MILLIS)).isEmpty();

    leases.forget(KEY, token);
    store.advance(2 * LEASE_MILLIS);
    assertThat(acquire()).isGreaterThan(token);
  }

  @Test
  void tryAcquire_anHourAfterAHolderDied_forgetsItsLease() throws Exception {
    acquire();
    store.advance(LEASE_MILLIS + 3_600_000);

    leases.tryAcquire(StoreFixture.key("other"), LEASE_MILLIS);

    assertThat(count("SELECT count(*) FROM lease")).isEqualTo(1);
  }
}
