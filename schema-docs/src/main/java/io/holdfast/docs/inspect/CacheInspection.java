package io.holdfast.docs.inspect;

import io.holdfast.encryption.Rotation;
import io.holdfast.encryption.ValueCipher;
import io.holdfast.encryption.ValueKeys;
import io.holdfast.store.CacheDefinition;
import io.holdfast.store.CacheFile;
import io.holdfast.store.CacheFile.CacheSummary;
import io.holdfast.store.Cell;
import io.holdfast.store.EntryTable;
import io.holdfast.store.FileExport;
import io.holdfast.store.StoreSettings;
import io.holdfast.store.StoredEntry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An open cache file, looked at from outside: no codecs, no expiry, no caches of its own. */
public final class CacheInspection implements AutoCloseable {
  private static final int PAGE = 200;
  private static final int PROGRESS_ENTRIES = 100_000;

  private final CacheFile file;
  private final @Nullable ValueKeys keys;

  private CacheInspection(CacheFile file, @Nullable ValueKeys keys) {
    this.file = file;
    this.keys = keys;
  }

  /**
   * Opens a file that is there.
   *
   * @throws io.holdfast.store.StoreException if it is no cache file or out of reach; it is left as it
   *     was
   */
  public static CacheInspection open(Path path) {
    return new CacheInspection(CacheFile.openExisting(path), null);
  }

  /** The same; encrypted values are shown as far as these keys can. The file stays this one's to close. */
  public CacheInspection with(ValueKeys valueKeys) {
    return new CacheInspection(file, valueKeys);
  }

  /**
   * Brings a file of an older format to the current one; quiet if it has that.
   *
   * @throws io.holdfast.store.StoreException as {@link #open}; it is left as it was
   */
  public static void migrate(Path path) {
    CacheFile.open(StoreSettings.of(path), System::currentTimeMillis).close();
  }

  /** Size of the file. */
  public long fileBytes() {
    return file.statistics().fileBytes();
  }

  /** Size of its write-ahead log. */
  public long walBytes() {
    return file.statistics().walBytes();
  }

  /** The caches in it. */
  public List<CacheSummary> caches() {
    return file.caches();
  }

  /** How many entries this cache holds, or all caches if null. */
  public long count(@Nullable String cache) {
    return tables(cache).stream().mapToLong(EntryTable::entryCount).sum();
  }

  /**
   * Entries whose key, as text, is wanted. Reads in pages and holds no lock between them.
   *
   * @param cache of this cache only, or of all if null
   * @param limit at most so many
   */
  public List<Entry> entries(@Nullable String cache, Predicate<String> wanted, int limit) {
    var found = new ArrayList<Entry>();
    for (EntryTable table : tables(cache)) {
      long after = Long.MIN_VALUE;
      List<StoredEntry> page = table.page(after, PAGE);
      while (!page.isEmpty()) {
        for (StoredEntry row : page) {
          if (found.size() >= limit) {
            return found;
          }
          if (wanted.test(CellText.of(row.key()))) {
            found.add(Entry.of(table.definition().name(), row, readableValue(table, row)));
          }
          after = row.rowId();
        }
        page = table.page(after, PAGE);
      }
    }
    return found;
  }

  private String readableValue(EntryTable table, StoredEntry row) {
    CacheDefinition definition = table.definition();
    if (!CacheDefinition.isEncrypted(definition.valueFormat())) {
      return CellText.readable(row.value());
    }
    Cell plain = keys == null
        ? null
        : new ValueCipher(keys, definition.name()).decrypt(row.value(), row.key(), row.version());
    return plain == null ? "(encrypted)" : CellText.readable(plain);
  }

  /**
   * How many rows of a cache there are by the id of the key that encrypts their values; those that are not
   * encrypted, or damaged, under the empty id.
   */
  public Map<String, Long> rowsByKeyId(String cache) {
    return new Rotation(tables(cache).get(0)).rowsByKeyId();
  }

  /** Whether the values of this cache are encrypted. */
  public static boolean isEncrypted(CacheSummary cache) {
    return CacheDefinition.isEncrypted(cache.valueFormat());
  }

  /**
   * Encrypts the values of an encrypted cache anew that are not under the current key; in steps between
   * which others write.
   *
   * @param progress hears now and then how many were
   * @throws io.holdfast.encryption.EncryptionException if there is no current key
   */
  public Rotation.Renewal rekey(String cache, ValueKeys to, LongConsumer progress) {
    return new Rotation(tables(cache).get(0)).renew(to, progress);
  }

  /** Removes all entries of this cache, or of all if null; durable when it returns. */
  public void clear(@Nullable String cache) {
    tables(cache).forEach(EntryTable::clear);
  }

  /** One sentence for each damage found; empty if the file is sound. */
  public List<String> check() {
    return file.check();
  }

  /**
   * Copies the file at one moment to where nothing is yet, or replaces what is there.
   *
   * @throws io.holdfast.store.StoreException if that is not possible; the target is then as it was
   */
  public void backup(Path target, boolean replace) {
    file.backup(target, replace ? CacheFile.IfPresent.REPLACE : CacheFile.IfPresent.REFUSE);
  }

  /**
   * Writes all rows as lines of JSON, as they are at one moment, one in memory at a time.
   *
   * @param cache of this cache only, or of all if null
   * @param progress hears now and then how many entries were written
   * @return how many entries were written
   */
  public long export(@Nullable String cache, PrintWriter out, LongConsumer progress) {
    try (FileExport export = file.export()) {
      List<FileExport.Source> sources = export.caches().stream()
          .filter(source -> cache == null || cache.equals(source.definition().name()))
          .toList();
      if (cache != null && sources.isEmpty()) {
        throw new NoSuchCacheException(cache);
      }
      List<FileExport.State> states = export.state().stream()
          .filter(state -> cache == null || cache.equals(state.cacheName()))
          .toList();
      out.println(EntryLines.header(export.seed(), sources, states));
      var entries = new AtomicLong();
      for (FileExport.Source source : sources) {
        export.rows(source, row -> {
          out.println(EntryLines.entry(source.definition().name(), row));
          if (entries.incrementAndGet() % PROGRESS_ENTRIES == 0) {
            progress.accept(entries.get());
          }
        });
      }
      out.println(EntryLines.end(entries.get()));
      return entries.get();
    }
  }

  /** Gives all free space back to the file system. */
  public void compact() {
    file.compact();
  }

  private List<EntryTable> tables(@Nullable String cache) {
    var tables = new ArrayList<EntryTable>();
    for (CacheSummary summary : file.caches()) {
      if (cache == null || cache.equals(summary.name())) {
        EntryTable table = file.findTable(summary.name());
        if (table != null) {
          tables.add(table);
        }
      }
    }
    if (cache != null && tables.isEmpty()) {
      throw new NoSuchCacheException(cache);
    }
    return tables;
  }

  @Override
  public void close() {
    file.close();
  }

  /**
   * One row.
   *
   * @param bytes of key and value as text or as bytes
   * @param readableValue the value for a person
   */
  public record Entry(
      String cache,
      String key,
      long createdAtMillis,
      long expiresAtMillis,
      long bytes,
      String readableValue) {

    static Entry of(String cache, StoredEntry row, String readableValue) {
      return new Entry(
          cache,
          CellText.of(row.key()),
          row.createdAtMillis(),
          row.expiresAtMillis(),
          CellText.bytes(row.key()) + CellText.bytes(row.value()),
          readableValue);
    }
  }

  /** There is no cache of this name in the file. */
  public static final class NoSuchCacheException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String cache;

    NoSuchCacheException(String cache) {
      super("no cache " + cache);
      this.cache = cache;
    }

    /** The name that was asked for. */
    public String cache() {
      return cache;
    }
  }
}
