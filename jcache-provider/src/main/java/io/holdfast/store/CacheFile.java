package io.holdfast.store;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One open SQLite file and the caches in it. Safe from any thread; opened at most once per path and
 * process, further opens of the same path share it.
 */
public interface CacheFile extends AutoCloseable {

  /**
   * Opens the file, creating it with owner-only permissions when absent, and migrating it when its format
   * is an older one, in one transaction; versions that know no newer format refuse it from then on. A file that this process has
   * open already is shared: the clock of the first opening stays, the durability is the stronger one, and of two relaxed openings
   * the tighter bounds hold.
   *
   * <p>A cache file that is damaged is renamed, with its log, to {@code <name>.corrupt-<time>}, and the
   * caches go on empty in a fresh one, now or when an operation finds the damage; unless the settings
   * say otherwise. A file that was removed or replaced while it was open is noticed within a tenth of a
   * second; then the caches go on with what is at the path. Operations that meet this are carried out
   * in the next file.
   *
   * @param clockMillis the time in Unix milliseconds
   * @throws StoreException if it is not a cache file, of a newer format, damaged and not to be set aside,
   *     or out of reach; the file is left as it was
   */
  static CacheFile open(StoreSettings settings, LongSupplier clockMillis) {
    return OpenFiles.open(
        settings, clockMillis, OpenFiles.IfAbsent.CREATE, UnaryOperator.identity());
  }

  /**
   * Opens a file that is there, to look into it or to clear a cache; other processes may be using it.
   *
   * @throws StoreException as {@link #open}, and if there is no such file, it is empty or its format is an
   *     older one: looking does not migrate
   */
  static CacheFile openExisting(Path file) {
    // Who looks from a command line has no other way to say it.
    long entryBytes = Long.getLong("holdfast.entry.bytes", FileLimits.DEFAULT_ENTRY_BYTES);
    return OpenFiles.open(
        StoreSettings.of(file).with(new FileLimits(Long.MAX_VALUE, Long.MAX_VALUE, entryBytes)),
        System::currentTimeMillis,
        OpenFiles.IfAbsent.FAIL,
        UnaryOperator.identity());
  }

  /** Where it is. */
  Path path();

  /**
   * Opens a cache, creating it when absent, emptying it when its rows have another format. Needs its
   * {@link #closeTable}.
   *
   * @throws StoreException if the file cannot be written, or somebody in this process has the cache open
   *     in another format
   */
  EntryTable openTable(CacheDefinition definition);

  /**
   * Ends one use of a cache that {@link #openTable} began, so that it may be opened in another format.
   * The caller has flushed its table and uses it no more.
   */
  void closeTable(String cacheName);

  /**
   * Opens a cache as the file describes it, without knowing its codecs: to page, find and clear. Null
   * if there is none of this name.
   */
  @Nullable
  EntryTable findTable(String cacheName);

  /** The caches in the file, open or not. */
  List<CacheSummary> caches();

  /**
   * Deletes a cache, its rows and its state; false if there was none. Further use of its table throws
   * {@link IllegalStateException}.
   */
  boolean drop(String cacheName);

  /** Small durable key-value state beside a cache (class ids of a serialiser); durable when set. */
  StateTable state(String cacheName);

  /** Who computes which entry of this cache at the moment, among all processes. */
  LeaseTable leases(String cacheName);

  /**
   * Tells the {@link EntryTable#hear listeners} of this file what other processes change, as soon as
   * this demands; the strictest demand counts. Does nothing for {@link Coherence.Mode#OFF}.
   */
  void watch(Coherence coherence);

  /**
   * Returns when the listeners have heard of every commit that was acknowledged before the call, by any
   * process. Costs some nanoseconds if there was none, and no lock; a few microseconds where the log
   * index cannot be mapped.
   */
  void catchUp();

  /**
   * Looks for damage: SQLite's integrity check, then the counters, versions and access times. Reads
   * the whole file and holds up no other process; writers of this one wait.
   *
   * @return one sentence per finding; empty if all is well
   */
  List<String> check();

  /**
   * Copies the file as it is at one moment, while this and other processes go on reading and writing. The
   * copy is a cache file of its own, compact, readable for its owner only, and appears under its name when
   * it is whole. Takes as long as writing the file once; the log grows meanwhile.
   *
   * @param target in a directory that exists
   * @throws StoreException if the target is there and not to be replaced, is in use, or cannot be written;
   *     then it is as it was
   */
  void backup(Path target, IfPresent ifPresent);

  /** Reads the file as it is now, row by row, to carry it elsewhere; to be closed by the caller. */
  FileExport export();

  /**
   * Gives all free pages back to the file system and empties the log, in steps between which others
   * write. The file may grow again while they do.
   */
  void compact();

  /** Moves the log into the file, after what was acknowledged from memory. */
  void checkpoint();

  /** Counters and sizes; cheap, never touches the disk for more than two file sizes. */
  StoreStatistics statistics();

  /** The damaged files that were set aside since it was opened; no disk access. */
  SetAsides setAsides();

  /**
   * Has this run each time another file has taken the place of the open one: a fresh one because it was
   * damaged, or what somebody put there. Tables stay usable and hold the rows of that file; copies of
   * rows kept elsewhere are worth nothing. It may run on any thread and while other operations wait for
   * it, so it must wait for none.
   */
  void whenReplaced(Runnable listener);

  /** The damaged files that were set aside in this place, the oldest first; whether it is open or not. */
  static List<Path> setAsideBeside(Path file) {
    return SetAside.beside(file);
  }

  /**
   * Writes what was acknowledged from memory and buffered accesses, checkpoints and closes. Closing twice
   * is quiet.
   *
   * @throws StoreException if acknowledged writes could not be written; they are lost, the file is closed
   */
  @Override
  void close();

  /** What becomes of a file that is where a backup is to be. */
  enum IfPresent {
    REFUSE,
    REPLACE
  }

  /**
   * What the file says about one cache.
   *
   * @param lastWriteAtMillis Unix milliseconds of the last change, 0 if there was none
   */
  record CacheSummary(
      String name,
      String keyFormat,
      String valueFormat,
      long entries,
      long payloadBytes,
      long createdAtMillis,
      long lastWriteAtMillis) {}
}
