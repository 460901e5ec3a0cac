package io.holdfast.bench.peers;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.HTreeMap;
import org.mapdb.Serializer;

/** A hash map of MapDB in a file with a log. */
final class MapDbStore implements TextStore {

  private final DB database;
  private final HTreeMap<String, String> map;
  private volatile boolean filling = true;

  MapDbStore(Path directory) {
    database = DBMaker.fileDB(directory.resolve("mapdb").toFile())
        .transactionEnable()
        .fileMmapEnableIfSupported()
        .make();
    map = database.hashMap("bench", Serializer.STRING, Serializer.STRING).createOrOpen();
  }

  @Override
  public @Nullable String get(String key) {
    return map.get(key);
  }

  @Override
  public void put(String key, String value) {
    map.put(key, value);
    if (!filling) {
      database.commit();
    }
  }

  @Override
  public void filled() {
    filling = false;
    database.commit();
  }

  @Override
  public void close() {
    database.close();
  }
}
