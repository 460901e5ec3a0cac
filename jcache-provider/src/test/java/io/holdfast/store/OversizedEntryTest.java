package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No entry exhausts the memory of who reads it: large ones are not written, and planted ones not read. */
final class OversizedEntryTest {
  private static final int LIMIT_BYTES = 10_000;
  private static final int PLANTED_BYTES = 1_000_000;

  @TempDir
  Path directory;

  private StoreFixture open(Durability durability, long maxEntries) {
    StoreSettings settings = StoreSettings.of(StoreFixture.fileIn(directory))
        .with(durability, RelaxedBounds.DEFAULT)
        .with(new FileLimits(Long.MAX_VALUE, Long.MAX_VALUE, LIMIT_BYTES));
    return new StoreFixture(settings, StoreFixture.definition(maxEntries, Long.MAX_VALUE));
  }

  private static String text(int bytes) {
    return "x".repeat(bytes);
  }

  /** As any program can that may write the file. */
  private void plant(String sql) throws SQLException {
    try (var connection = Pragmas.openWriter(StoreFixture.fileIn(directory), Durability.NORMAL)) {
      Pragmas.run(connection, sql.replace("CELL", "zeroblob(" + PLANTED_BYTES + ")"));
    }
  }

  private static void assertHasOnly(StoreFixture store, String... keys) {
    assertThat(store.table().page(Long.MIN_VALUE, 100))
        .extracting(entry -> ((Cell.Text) entry.key()).value())
        .containsExactlyInAnyOrder(keys);
    assertThat(store.table().entryCount()).isEqualTo(keys.length);
    assertThat(store.file().check()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void put_largerThanTheLimit_isRefusedAndChangesNothing(Durability durability) {
    try (var store = open(durability, Long.MAX_VALUE)) {
      store.store("kept", "old");
      assertThatThrownBy(() -> store.store("kept", text(LIMIT_BYTES)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("it has 10004 bytes, and 10000 are allowed (holdfast.entry.bytes)");
      assertThatThrownBy(() -> store
              .table()
              .apply(List.of(
                  store.put(StoreFixture.key("small"), "value"),
                  store.put(StoreFixture.key(text(LIMIT_BYTES)), "value"))))
          .isInstanceOf(StoreException.class);
      assertThat(store.value("kept")).isEqualTo("old");
      assertHasOnly(store, "kept");
    }
  }

  @Test
  void put_exactlyTheLimit_isReadBackAndNotDeleted() throws SQLException {
    try (var store = open(Durability.NORMAL, Long.MAX_VALUE)) {
      // Three bytes each in UTF-8.
      String value = "€".repeat((LIMIT_BYTES - 4) / 3);
      store.store("full", value);
      store.store("hostile", "value");
      plant("UPDATE entry_1 SET value = CELL WHERE \"key\" = 'hostile'");
      assertThat(store.value("hostile")).isNull();
      assertThat(store.value("full")).isEqualTo(value);
      assertHasOnly(store, "full");
    }
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void find_plantedValue_isAMissAndItsRowIsDeleted(Durability durability) throws SQLException {
    try (var store = open(durability, Long.MAX_VALUE)) {
      store.store("good", "value");
      store.store("hostile", "value");
      store.table().flush();
      plant("UPDATE entry_1 SET value = CELL WHERE \"key\" = 'hostile'");
      assertThat(store.value("hostile")).isNull();
      assertThat(store.value("good")).isEqualTo("value");
      store.store("hostile", "new");
      assertThat(store.value("hostile")).isEqualTo("new");
      store.table().flush();
      assertHasOnly(store, "good", "hostile");
    }
  }

  @Test
  void page_plantedKey_hasAllOthers() throws SQLException {
    try (var store = open(Durability.NORMAL, Long.MAX_VALUE)) {
      store.store("good", "value");
      store.store("hostile", "value");
      plant("UPDATE entry_1 SET \"key\" = CELL WHERE \"key\" = 'hostile'");
      assertHasOnly(store, "good");
    }
  }

  @Test
  void put_overAPlantedKey_isCarriedOut() throws SQLException {
    try (var store = open(Durability.NORMAL, Long.MAX_VALUE)) {
      store.store("key", "value");
      plant("UPDATE entry_1 SET \"key\" = CELL");
      store.store("key", "new");
      assertThat(store.value("key")).isEqualTo("new");
      assertHasOnly(store, "key");
    }
  }

  @Test
  void expired_plantedValue_hasAllOthers() throws SQLException {
    try (var store = open(Durability.NORMAL, Long.MAX_VALUE)) {
      long soonMillis = store.nowMillis() + 1;
      store.table().apply(List.of(store.putUntil(StoreFixture.key("good"), "value", soonMillis)));
      store.table().apply(List.of(store.putUntil(StoreFixture.key("bad"), "value", soonMillis)));
      plant("UPDATE entry_1 SET value = CELL WHERE \"key\" = 'bad'");
      assertThat(store.table().expired(soonMillis, null, 10)).hasSize(1);
      assertHasOnly(store, "good");
    }
  }

  @Test
  void eviction_plantedValues_makesRoom() throws SQLException {
    try (var store = open(Durability.NORMAL, 3)) {
      List.of("a", "b", "c").forEach(key -> store.store(key, "value"));
      plant("UPDATE entry_1 SET value = CELL");
      store.store("d", "value");
      assertHasOnly(store, "d");
    }
  }

  @Test
  void looking_plantedValue_failsAndDeletesNothing() throws SQLException {
    try (var store = open(Durability.NORMAL, Long.MAX_VALUE)) {
      store.store("hostile", "value");
    }
    // Above what is allowed by default.
    plant(
        "UPDATE entry_1 SET value = zeroblob(" + (FileLimits.DEFAULT_ENTRY_BYTES + 100_000) + ")");
    try (CacheFile file = CacheFile.openExisting(StoreFixture.fileIn(directory))) {
      EntryTable table = file.findTable("things");
      assertThatThrownBy(() -> table.page(Long.MIN_VALUE, 10)).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> {
            try (FileExport export = file.export()) {
              export.rows(export.caches().get(0), row -> {});
            }
          })
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("holds an entry larger than holdfast.entry.bytes");
      assertThat(table.entryCount()).isOne();
    }
  }
}
