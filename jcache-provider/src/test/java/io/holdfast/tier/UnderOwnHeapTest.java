package io.holdfast.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.ehcache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under the heap tier of our own, which a JSR-107 cache has. */
class UnderOwnHeapTest extends UnderHeapContract {
  private static final long STEP_MILLIS = 10;

  @TempDir
  Path accessed;

  UnderOwnHeapTest() {
    super(TierFixture.Heap.OURS);
  }

  @Test
  void giveUp_copyThatServedNoOtherRead_countsTheReadOnce() throws Exception {
    assertThat(accessesOf("read", "other")).contains("read 1 " + TierFixture.START_MILLIS);
  }

  @Test
  void giveUp_copyThatServedAnotherRead_countsOnceMoreAtThatTime() throws Exception {
    assertThat(accessesOf("read", "read", "other"))
        .contains("read 2 " + (TierFixture.START_MILLIS + STEP_MILLIS));
  }

  // A heap of one entry: each read of another key makes it give up the one before.
  private List<String> accessesOf(String... reads) throws Exception {
    try (var fixture = TierFixture.underHeap(
        accessed, TierFixture.Heap.OURS, ExpiryPolicy.NO_EXPIRY, /* heapEntries= */ 1)) {
      fixture.store().put("read", "value");
      fixture.store().put("other", "value");
      for (String key : reads) {
        assertThat(fixture.store().get(key)).isNotNull();
        fixture.advance(STEP_MILLIS);
      }
    }
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + accessed.resolve("tier.db"));
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT e.\"key\", a.hits, a.last_access_at_ms"
            + " FROM entry_1 AS e JOIN access_1 AS a ON a.row_id = e.row_id")) {
      List<String> found = new ArrayList<>();
      while (row.next()) {
        found.add(row.getString(1) + " " + row.getLong(2) + " " + row.getLong(3));
      }
      return found;
    }
  }
}
