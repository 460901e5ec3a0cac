package io.holdfast.jcache;

/**
 * The names of all settings. Each may be given in the Properties of {@code
 * CachingProvider.getCacheManager(uri, classLoader, properties)} or as a system property; the manager's
 * Properties win, and what a {@link HoldfastConfiguration} says about its own cache wins over both.
 */
public final class HoldfastProperties {

  /** The cache file of the default URI; default {@code holdfast.db} in the working directory. */
  public static final String FILE = "holdfast.file";

  /** {@code file} (the default) or {@code heap}: where caches live whose configuration does not say. */
  public static final String STORAGE = "holdfast.storage";

  /**
   * What an acknowledged write survives: {@code normal} (the default), the death of the process; {@code
   * full}, power loss too; {@code relaxed}, an orderly close, with a bound on what the death of the
   * process takes. Of managers on the same file the strongest decides for all, until the last is closed.
   *
   * <p>Relaxed, {@code put} is acknowledged from memory, unless the cache has listeners, an expiry policy
   * that depends on what was there, or keys that only their class can compare. All other writes, {@code
   * putAll}, {@code remove} and all atomic ones among them, go to the file before they return. This
   * process sees each write at once, other processes when it is in the file, and a write of theirs to the
   * same key in between is overwritten. While the file cannot be written, each further write fails.
   */
  public static final String DURABILITY = "holdfast.durability";

  /**
   * How many milliseconds a relaxed write may wait for the file, at least 2; default 100. No write of a
   * cache is acknowledged while an older one of it has waited longer.
   */
  public static final String RELAXED_MAX_DELAY_MILLIS = "holdfast.relaxed.maxDelayMillis";

  /** How many relaxed writes per cache may wait for the file, at least 1; default 10000. Then callers wait. */
  public static final String RELAXED_MAX_ENTRIES = "holdfast.relaxed.maxEntries";

  /** Entries in the heap tier per cache, at least 1; default 10000. */
  public static final String HEAP_ENTRIES = "holdfast.heap.entries";

  /** Entries in the file per cache, more than in the heap; no limit by default. */
  public static final String DISK_ENTRIES = "holdfast.disk.entries";

  /** Bytes of keys and values in the file per cache, at least 1; no limit by default. */
  public static final String DISK_BYTES = "holdfast.disk.bytes";

  /**
   * How many milliseconds an entry in the file may be unused before it expires, at least 1; for ever by
   * default. Time runs on while nobody has the file open.
   */
  public static final String MAX_IDLE_MILLIS = "holdfast.maxIdleMillis";

  /**
   * Entries in the file of all its caches together, at least 1; no limit by default. While several
   * managers of a process have a file open, the lowest limit holds.
   */
  public static final String FILE_ENTRIES = "holdfast.file.entries";

  /**
   * Bytes of the file, its log apart, at least 1048576; no limit by default. Where it is reached, the
   * entries that are worth least among all caches are evicted; an entry larger than half of it is not
   * kept.
   */
  public static final String FILE_BYTES = "holdfast.file.bytes";

  /**
   * Bytes of key and value of one entry, 1024 to 999000000; default 67108864 (64 MiB). A larger one is
   * refused with an exception; one that is found in the file is deleted, unread. Of several managers of a
   * process that have a file open, the lowest limit holds for writes, that of the first for what is found.
   */
  public static final String ENTRY_BYTES = "holdfast.entry.bytes";

  /**
   * Classes that Java serialisation may write and read, besides simple types and the types a cache is
   * configured with: names, {@code com.acme.*} for a package, {@code com.acme.**} for all below it,
   * separated by commas; none by default.
   */
  public static final String ALLOWED_CLASSES = "holdfast.serialization.allow";

  /**
   * How soon a heap tier stops serving an entry that another process has changed: {@code poll} (the
   * default), within {@link #COHERENCE_MAX_DELAY_MILLIS}; {@code strict}, at once: a get that begins
   * after the other's write has returned sees it; {@code off}, when the entry leaves the heap, for files
   * that one process alone uses.
   */
  public static final String COHERENCE = "holdfast.coherence";

  /** Milliseconds, at least 1; default 10. */
  public static final String COHERENCE_MAX_DELAY_MILLIS = "holdfast.coherence.maxDelayMillis";

  /**
   * {@code on}: of all processes that share the file, one at a time loads an entry that a {@code get} with
   * read-through misses; the others wait and take what it loaded, at most 5 minutes. If the loading process
   * dies, another takes over within 5 seconds. Costs one small transaction for each load. {@code off} (the
   * default): each process loads for itself. Each cache can be leased by hand either way ({@link Leases}).
   */
  public static final String LEASES = "holdfast.leases";

  /**
   * What happens to a cache file that is damaged: {@code setAside} (the default), it is renamed and the
   * caches go on empty in a fresh one; or {@code fail}, every operation that meets the damage fails. The
   * manager that opens a file first decides.
   */
  public static final String CORRUPTION = "holdfast.corruption";

  /**
   * A file with the keys that encrypt the values of all caches in the file, as {@link
   * io.holdfast.encryption.KeyFile} describes it; none by default: values are in plain. A cache with keys
   * of its own keeps those.
   */
  public static final String ENCRYPTION_KEY_FILE = "holdfast.encryption.keyFile";

  /**
   * The name of a class that gives the keys instead: an {@link io.holdfast.encryption.ValueKeys} with a
   * public constructor without parameters, made once for each manager.
   */
  public static final String ENCRYPTION_KEYS = "holdfast.encryption.keys";

  private HoldfastProperties() {}
}
