package io.holdfast.store;

import io.holdfast.store.Change.Expectation;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** An open cache file with one table, a clock that moves when told, and words for what tests do. */
final class StoreFixture implements AutoCloseable {
  static final long START_MILLIS = 1_700_000_000_000L;

  private final AtomicLong nowMillis = new AtomicLong(START_MILLIS);
  private final StoreSettings settings;
  private final UnaryOperator<KeyHasher> hashing;
  private CacheDefinition definition;
  private CacheFile cacheFile;
  private EntryTable table;

  StoreFixture(Path directory) {
    this(directory, definition(Long.MAX_VALUE, Long.MAX_VALUE), UnaryOperator.identity());
  }

  StoreFixture(Path directory, CacheDefinition definition) {
    this(directory, definition, UnaryOperator.identity());
  }

  StoreFixture(Path directory, CacheDefinition definition, UnaryOperator<KeyHasher> hashing) {
    this(StoreSettings.of(fileIn(directory)), definition, hashing);
  }

  /** Settings as a test wants them. */
  StoreFixture(StoreSettings settings, CacheDefinition definition) {
    this(settings, definition, UnaryOperator.identity());
  }

  private StoreFixture(
      StoreSettings settings, CacheDefinition definition, UnaryOperator<KeyHasher> hashing) {
    this.settings = settings;
    this.definition = definition;
    this.hashing = hashing;
    openFile();
  }

  static Path fileIn(Path directory) {
    return directory.resolve("cache.db");
  }

  static CacheDefinition definition(long maxEntries, long maxBytes) {
    return new CacheDefinition("things", "text", "text", maxEntries, maxBytes);
  }

  private void openFile() {
    cacheFile = OpenFiles.open(settings, nowMillis::get, OpenFiles.IfAbsent.CREATE, hashing);
    table = cacheFile.openTable(definition);
  }

  StoreFixture reopen() {
    cacheFile.close();
    openFile();
    return this;
  }

  StoreFixture reopen(CacheDefinition changed) {
    definition = changed;
    return reopen();
  }

  StoreSettings settings() {
    return settings;
  }

  Path path() {
    return settings.file();
  }

  CacheFile file() {
    return cacheFile;
  }

  EntryTable table() {
    return table;
  }

  /** The writer of the file that is open now. */
  Writer writer() {
    return ((CacheFileHandle) cacheFile).shared().run(SqliteCacheFile::writer);
  }

  /** What works in the background for the file that is open now. */
  BackgroundWork background() {
    return ((CacheFileHandle) cacheFile).shared().run(SqliteCacheFile::background);
  }

  long nowMillis() {
    return nowMillis.get();
  }

  void advance(long millis) {
    nowMillis.addAndGet(millis);
  }

  static StoredKey key(String text) {
    return new StoredKey.Canonical(new Cell.Text(text));
  }

  /** A key that ignores case, stored as it was written. */
  static StoredKey ignoringCase(String text) {
    Predicate<Cell> sameKey =
        cell -> cell instanceof Cell.Text stored && stored.value().equalsIgnoreCase(text);
    return new StoredKey.Opaque(
        new Cell.Text(text), text.toLowerCase(java.util.Locale.ROOT).hashCode(), sameKey);
  }

  Change.Put put(StoredKey key, String value) {
    return put(key, value, Expectation.ANY);
  }

  Change.Put put(StoredKey key, String value, Expectation expectation) {
    return new Change.Put(
        key,
        new Cell.Text(value),
        table.nextVersion(),
        nowMillis(),
        StoredEntry.NEVER,
        expectation);
  }

  Change.Put putUntil(StoredKey key, String value, long expiresAtMillis) {
    return new Change.Put(
        key,
        new Cell.Text(value),
        table.nextVersion(),
        nowMillis(),
        expiresAtMillis,
        Expectation.ANY);
  }

  EntryTable.Outcome store(String key, String value) {
    return table.apply(List.of(put(key(key), value)));
  }

  EntryTable.Outcome delete(StoredKey key) {
    return table.apply(List.of(new Change.Delete(key, Expectation.ANY)));
  }

  /** The stored text, or null. */
  String value(StoredKey key) {
    StoredEntry entry = table.find(key);
    return entry == null ? null : ((Cell.Text) entry.value()).value();
  }

  String value(String key) {
    return value(key(key));
  }

  @Override
  public void close() {
    cacheFile.close();
  }
}
