package io.holdfast.bench.peers;

import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** A map of H2's MVStore. */
final class MvStoreStore implements TextStore {

  private final MVStore store;
  private final MVMap<String, String> map;

  MvStoreStore(Path directory) {
    store = new MVStore.Builder()
        .fileName(directory.resolve("mvstore.mv").toString())
        .autoCommitDisabled()
        .open();
    map = store.openMap("bench");
  }

  @Override
  public @Nullable String get(String key) {
    return map.get(key);
  }

  @Override
  public void put(String key, String value) {
    map.put(key, value);
    store.commit();
  }

  @Override
  public void close() {
    store.close();
  }
}
