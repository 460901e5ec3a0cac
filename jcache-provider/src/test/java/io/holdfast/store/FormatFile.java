package io.holdfast.store;

import io.holdfast.codec.Codec;
import io.holdfast.codec.Codecs;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes a file with one of everything that a format can hold, by the code it is compiled with. The
 * stored files {@code formats/format-N.db.gz} came from here; {@code formats/README.md} says how.
 *
 * <p>What it writes must not change while stored files are compared with it: add a cache at the end
 * instead, and name the first format that has it.
 */
public final class FormatFile {
  static final long MADE_AT_MILLIS = 1_700_000_000_000L;
  static final long IN_2100_MILLIS = 4_102_444_800_000L;

  /** State of a serialiser, of a cache that is there and of one that is not. */
  static final List<String> STATE_OF = List.of("texts", "not created yet");

  /** Of the first key of the first cache, from format 2 on; taken when the file was made. */
  static final long LEASE_MILLIS = 60_000;

  static final byte[] STATE_KEY = {1, 2};
  static final byte[] STATE_VALUE = {3, 0, 4};

  /** A key whose bytes are not its equality. */
  public record Place(String town, int number) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Stored by name. */
  public enum Colour {
    RED,
    GREEN
  }

  /** A cache of one key type and one value type; unlimited where the limits say so. */
  record Content<K, V>(
      String name,
      Class<K> keyType,
      Class<V> valueType,
      long maxEntries,
      long maxBytes,
      Map<K, V> entries) {

    Content(String name, Class<K> keyType, Class<V> valueType, Map<K, V> entries) {
      this(name, keyType, valueType, Long.MAX_VALUE, Long.MAX_VALUE, entries);
    }

    Codec<K> keyCodec() {
      return codecs().forKeyType(keyType);
    }

    Codec<V> valueCodec() {
      return codecs().forType(valueType);
    }

    CacheDefinition definition() {
      return new CacheDefinition(
          name, keyCodec().format(), valueCodec().format(), maxEntries, maxBytes);
    }

    StoredKey storedKey(K key) {
      Codec<K> codec = keyCodec();
      Cell column = codec.encode(key);
      return codec.isCanonical(column)
          ? new StoredKey.Canonical(column)
          : new StoredKey.Opaque(
              column, codec.stableHash(key), stored -> key.equals(codec.decode(stored)));
    }

    /** The n-th entry, from 0, in the order of the map. */
    Planned planned(int n) {
      long createdAtMillis = MADE_AT_MILLIS + n;
      long[] expiries = {StoredEntry.NEVER, MADE_AT_MILLIS + 1_000, IN_2100_MILLIS + n};
      long hits = n % 2 == 0 ? 0 : n;
      return new Planned(
          n + 1L,
          createdAtMillis,
          expiries[n % expiries.length],
          hits == 0 ? createdAtMillis : MADE_AT_MILLIS + 5_000 + n,
          hits);
    }
  }

  /** What must be known of an entry besides key and value. */
  record Planned(
      long version,
      long createdAtMillis,
      long expiresAtMillis,
      long lastAccessAtMillis,
      long hits) {}

  private FormatFile() {}

  static Codecs codecs() {
    return Codecs.builder().allow(Place.class).allow(Colour.class).build();
  }

  static List<Content<?, ?>> contents() {
    return List.of(
        new Content<>(
            "texts",
            String.class,
            String.class,
            ordered("a", "plain", "", "empty key", "grüße 🐚", "", "long", "kelp ".repeat(4_000))),
        new Content<>(
            "numbers",
            Long.class,
            Double.class,
            ordered(Long.MIN_VALUE, 0.5, -1L, Double.NaN, 0L, -0.0, Long.MAX_VALUE, 1e300)),
        new Content<>(
            "ids",
            UUID.class,
            Instant.class,
            ordered(
                new UUID(1, 2),
                Instant.EPOCH,
                new UUID(-3, 4),
                Instant.parse("2026-11-21T08:00:00.123456789Z"))),
        new Content<>(
            "prices",
            Integer.class,
            BigDecimal.class,
            ordered(7, new BigDecimal("1.10"), -7, new BigDecimal("12345678901234567890.1"))),
        new Content<>(
            "colours",
            Colour.class,
            byte[].class,
            ordered(Colour.RED, new byte[] {0, -1}, Colour.GREEN, new byte[0])),
        new Content<>(
            "places",
            Place.class,
            Place.class,
            ordered(
                new Place("Bergen", 1),
                new Place("Tromsø", 2),
                new Place("Oban", 3),
                new Place("Cork", 4),
                new Place("Brest", 5),
                new Place("Vigo", 6))),
        new Content<>(
            "objects",
            Object.class,
            Object.class,
            ordered(
                1,
                "Integer",
                1L,
                "Long",
                "1",
                "String",
                "(like this)",
                Colour.RED,
                new Place("Lewis", 9),
                new ArrayList<>(List.of("a", 2L)),
                new UUID(5, 6),
                new byte[] {9})),
        new Content<>(
            "odd \"name\"; --'\n", String.class, Integer.class, ordered("one", 1, "two", 2)),
        new Content<>(
            "limited", String.class, String.class, 10, 100_000, ordered("x", "10", "y", "100000")));
  }

  @SuppressWarnings("unchecked") // each caller pairs keys and values of its types
  private static <K, V> Map<K, V> ordered(Object... keysAndValues) {
    Map<K, V> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((K) keysAndValues[i], (V) keysAndValues[i + 1]);
    }
    return map;
  }

  /** Makes the file named by the argument. */
  public static void main(String[] arguments) throws IOException {
    make(Path.of(arguments[0]));
  }

  /** Makes the file of the current format; what was there is replaced. */
  static void make(Path path) throws IOException {
    Files.deleteIfExists(path);
    try (CacheFile file = CacheFile.open(StoreSettings.of(path), () -> MADE_AT_MILLIS)) {
      file.openTable(new CacheDefinition("dropped", "text", "text", 1, 1));
      file.drop("dropped");
      for (Content<?, ?> content : contents()) {
        write(file, content);
      }
      for (String cache : STATE_OF) {
        file.state(cache).putIfAbsent("classes", STATE_KEY, STATE_VALUE);
      }
      leases(file).tryAcquire(leasedKey(), LEASE_MILLIS);
    }
  }

  static LeaseTable leases(CacheFile file) {
    return file.leases(contents().get(0).name());
  }

  static StoredKey leasedKey() {
    return firstKey(contents().get(0));
  }

  private static <K, V> StoredKey firstKey(Content<K, V> content) {
    return content.storedKey(content.entries().keySet().iterator().next());
  }

  private static <K, V> void write(CacheFile file, Content<K, V> content) {
    EntryTable table = file.openTable(content.definition());
    int n = 0;
    for (Map.Entry<K, V> entry : content.entries().entrySet()) {
      Planned planned = content.planned(n++);
      StoredKey key = content.storedKey(entry.getKey());
      table.apply(List.of(new Change.Put(
          key,
          content.valueCodec().encode(entry.getValue()),
          table.nextVersion(),
          planned.createdAtMillis(),
          planned.expiresAtMillis(),
          Change.Expectation.ANY)));
      StoredEntry stored = table.find(key);
      for (long hit = 0; hit < planned.hits(); hit++) {
        table.recordAccess(stored.rowId(), planned.lastAccessAtMillis());
      }
    }
  }
}
