package io.holdfast.bench.peers;

import io.holdfast.bench.Entries;
import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Chronicle Map, which wants to know beforehand how many entries there will be and how large they are, and
 * a JVM that is opened to it by flags.
 */
final class ChronicleMapStore implements TextStore {

  // It would report its use to its makers.
  private static final String NO_ANALYTICS = "chronicle.analytics.disable";
  private static final long ENTRIES = 20_000;
  private static final int VALUE_BYTES = 1_024;
  private static final double MOST_BLOAT = 100;

  private final ChronicleMap<String, String> map;

  ChronicleMapStore(Path directory) throws IOException {
    System.setProperty(NO_ANALYTICS, "true");
    map = ChronicleMapBuilder.of(String.class, String.class)
        .name("bench")
        .entries(ENTRIES)
        .averageKey(Entries.key(0))
        .averageValueSize(VALUE_BYTES)
        .maxBloatFactor(MOST_BLOAT)
        .putReturnsNull(true)
        .createPersistedTo(directory.resolve("chronicle.map").toFile());
  }

  @Override
  public @Nullable String get(String key) {
    return map.get(key);
  }

  @Override
  public void put(String key, String value) {
    map.put(key, value);
  }

  @Override
  public void close() {
    map.close();
  }
}
