package io.holdfast.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A comparison means nothing if one of them does not store. */
final class StoreKindTest {

  @TempDir
  Path directory;

  // RocksDB's library comes with a Maven profile;
  // Ehcache's disk tier is whole only in the runnable jar.
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ROCKSDB", "EHCACHE_DISK"})
  void get_afterPut_returnsTheLastValue(StoreKind kind) throws Exception {
    TextStore store = kind.open(directory);
    store.put("key", "first");
    store.put("other", "value");
    store.filled();
    store.put("key", "second");
    assertThat(store.get("key")).isEqualTo("second");
    assertThat(store.get("other")).isEqualTo("value");
    assertThat(store.get("none")).isNull();
    store.close();
  }
}
