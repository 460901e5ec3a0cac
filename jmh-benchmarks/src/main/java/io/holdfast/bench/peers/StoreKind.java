package io.holdfast.bench.peers;

import java.nio.file.Path;

/** The stores of the comparison, and what survives {@code kill -9} once a put has returned. */
public enum StoreKind {
  /** What one would write by hand, and the baseline: prepared statements, autocommit, WAL. */
  SQLITE_BY_HAND(Survives.KILL),
  /** What one writes first: the driver's defaults, which wait for the disk, and a new statement each time. */
  SQLITE_NAIVE(Survives.POWER_LOSS),
  /**
   * As by hand, but all gets of a thread in one transaction that never ends: the least that a read by
   * SQLite can cost. It would never see a write of others and never let the log be emptied.
   */
  SQLITE_PINNED(Survives.KILL),
  /**
   * By hand by somebody who knows SQLite: a hash of the key for the row's number, no generated keys asked
   * for, a page cache of 64 MB, and a log of 10,000 pages before it is moved into the file. It takes two keys
   * with the same hash for one, so it is what an upsert can cost, not a store.
   */
  SQLITE_TUNED(Survives.KILL),
  /** Through {@code javax.cache}; the heap tier holds ten entries, so nearly every get reads the file. */
  HOLDFAST(Survives.KILL),
  /** Ehcache's own disk tier, under a heap of ten entries: written behind, wiped after a crash. */
  EHCACHE_DISK(Survives.NOTHING),
  /** H2's map, with a commit after each put. */
  H2_MVSTORE(Survives.KILL),
  /** The Java interface of RocksDB, with its log and without waiting for the disk, as is its default. */
  ROCKSDB(Survives.KILL),
  /** LMDB without waiting for the disk, one transaction a put. */
  LMDB(Survives.KILL),
  /** MapDB with its log, which waits for the disk at each commit. */
  MAPDB(Survives.POWER_LOSS),
  /** Xodus, one transaction a put, without waiting for the disk, as is its default. */
  XODUS(Survives.KILL),
  /** Chronicle's map: memory that is mapped from a file of fixed capacity; no log. */
  CHRONICLE_MAP(Survives.KILL);

  /** What happens to an acknowledged put. */
  public enum Survives {
    /** A crash of the process empties the store. */
    NOTHING,
    /** The end of the process, however it comes. */
    KILL,
    /** The end of the machine, too. */
    POWER_LOSS
  }

  private final Survives survives;

  StoreKind(Survives survives) {
    this.survives = survives;
  }

  /** What happens to an acknowledged put. */
  public Survives survives() {
    return survives;
  }

  TextStore open(Path directory) throws Exception {
    return switch (this) {
      case SQLITE_BY_HAND -> new HandWrittenSqlite(directory, HandWrittenSqlite.Form.PLAIN);
      case SQLITE_NAIVE -> new NaiveSqlite(directory);
      case SQLITE_PINNED -> new HandWrittenSqlite(directory, HandWrittenSqlite.Form.PINNED);
      case SQLITE_TUNED -> new HandWrittenSqlite(directory, HandWrittenSqlite.Form.TUNED);
      case HOLDFAST -> new HoldfastStore(directory);
      case EHCACHE_DISK -> new EhcacheDiskStore(directory);
      case H2_MVSTORE -> new MvStoreStore(directory);
      case ROCKSDB -> new RocksDbStore(directory);
      case LMDB -> new LmdbStore(directory);
      case MAPDB -> new MapDbStore(directory);
      case XODUS -> new XodusStore(directory);
      case CHRONICLE_MAP -> new ChronicleMapStore(directory);
    };
  }
}
