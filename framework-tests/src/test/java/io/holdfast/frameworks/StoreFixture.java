package io.holdfast.frameworks;

import com.acme.store.Store;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.cache.CacheManager;

/** A store over one database and one cache file; restarting opens both anew. */
final class StoreFixture implements AutoCloseable {
  private final Path directory;
  private Store store;

  StoreFixture(Path directory) {
    this.directory = directory;
  }

  /** Committed means on disk, as in any database that a cache may be compared with. */
  String database() {
    return "jdbc:h2:file:" + directory.resolve("store") + ";WRITE_DELAY=0";
  }

  String caches() {
    return directory.resolve("caches.db").toUri().toString();
  }

  /** Opens the store, or closes it and opens it again; the statistics begin anew. */
  Store restart() {
    return restart(Map.of("hibernate.javax.cache.uri", caches()));
  }

  Store restart(CacheManager caches) {
    return restart(Map.of("hibernate.javax.cache.cache_manager", caches));
  }

  private Store restart(Map<String, Object> cacheSettings) {
    close();
    Map<String, Object> settings = new HashMap<>(cacheSettings);
    settings.put("hibernate.connection.url", database());
    store = new Store(settings);
    store.statistics().clear();
    return store;
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
