package io.holdfast.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One file that stood at the path, from its opening until it is closed or another takes its place. */
final class Generation {
  private static final Logger logger = System.getLogger(Generation.class.getName());
  private static final int MOST_TRIES = 3;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Source source;
  private final SqliteCacheFile file;
  private final ConnectionSource connections;
  private boolean isOver;

  private Generation(Source source, SqliteCacheFile file, ConnectionSource connections) {
    this.source = source;
    this.file = file;
    this.connections = connections;
  }

  /**
   * How to open a file at this path, the first and each later one.
   *
   * @param isAloneInProcess whether no other class loader has it open through the same driver; else a
   *     descriptor that is not SQLite's would drop its locks
   */
  record Source(
      Path path,
      StoreSettings settings,
      LongSupplier clockMillis,
      OpenFiles.IfAbsent ifAbsent,
      UnaryOperator<KeyHasher> hashing,
      BooleanSupplier isAloneInProcess) {

    boolean setsAside() {
      return settings.corruption() == CorruptionPolicy.SET_ASIDE
          && ifAbsent == OpenFiles.IfAbsent.CREATE;
    }

    long nowMillis() {
      return clockMillis.getAsLong();
    }
  }

  /**
   * Opens what is at the path; out of reach of interrupts.
   *
   * @param whenSetAside told where a damaged file went that was there
   */
  static Generation first(Source source, Consumer<Path> whenSetAside) {
    return open(source, LogOrigin::require, whenSetAside, opened -> {});
  }

  /**
   * As above, after an earlier generation. Who else has the log of that one open was told to leave it, and
   * is not waited for.
   *
   * @param use what is to be done before any other process can open it; if that fails, it is closed
   */
  static Generation next(Source source, Consumer<Path> whenSetAside, Consumer<Generation> use) {
    return open(source, LogOrigin::requireAgain, whenSetAside, use);
  }

  private static Generation open(
      Source source,
      Consumer<Path> beforeConnecting,
      Consumer<Path> whenSetAside,
      Consumer<Generation> use) {
    long giveUpAtNanos = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        return openLocked(source, beforeConnecting, whenSetAside, use);
      } catch (RemovedLogException e) {
        // Whoever has that log open notices, and needs the lock to save it.
        if (System.nanoTime() - giveUpAtNanos >= 0) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static Generation openLocked(
      Source source,
      Consumer<Path> beforeConnecting,
      Consumer<Path> whenSetAside,
      Consumer<Generation> use) {
    OpenLock lock = OpenLock.acquire(source.path());
    try {
      Generation opened = openOrSetAside(source, beforeConnecting, whenSetAside);
      try {
        use.accept(opened);
      } catch (RuntimeException e) {
        opened.close();
        throw e;
      }
      return opened;
    } finally {
      lock.close();
    }
  }

  private static Generation openOrSetAside(
      Source source, Consumer<Path> beforeConnecting, Consumer<Path> whenSetAside) {
    boolean mayBeSetAside = source.setsAside();
    for (int tries = 1; ; tries++) {
      ConnectionSource connections = find(source);
      try {
        return open(source, connections, beforeConnecting);
      } catch (StoreException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
        // A file that was replaced meanwhile is tried again. Whatever is wrong, it is wrong with
        // the one before, so nothing at this name is to be set aside for it.
        if (connections.isInPlace()) {
          if (!mayBeSetAside || !Damage.isIn(e)) {
            throw e;
          }
          whenSetAside.accept(SetAside.damaged(source.path(), source.nowMillis(), e));
          mayBeSetAside = false;
        }
      }
    }
  }

  private static ConnectionSource find(Source source) {
    if (source.ifAbsent() == OpenFiles.IfAbsent.CREATE) {
      FileGate.createIfAbsent(source.path());
    }
    return new ConnectionSource(
        source.path(),
        FileIdentity.of(source.path()),
        new EntryLimit(source.settings().limits().entryBytes()));
  }

  private static Generation open(
      Source source, ConnectionSource connections, Consumer<Path> beforeConnecting) {
    Path path = source.path();
    FileGate.checkPlace(path);
    if (source.isAloneInProcess().getAsBoolean()) {
      FileGate.checkContent(path, source.ifAbsent());
      beforeConnecting.accept(path);
    }
    if (isEmpty(path)) {
      SetAside.strayLog(path, source.nowMillis());
    }
    FileGate.loadNativeLibrary(path);
    return new Generation(
        source,
        SqliteCacheFile.open(
            connections,
            source.settings(),
            source.clockMillis(),
            source.ifAbsent().ifOlder(),
            source.hashing()),
        connections);
  }

  private static boolean isEmpty(Path path) {
    try {
      return Files.size(path) == 0;
    } catch (IOException e) {
      throw new StoreException("read the size", path, e);
    }
  }

  SqliteCacheFile file() {
    return file;
  }

  FileIdentity identity() {
    return connections.identity();
  }

  /** Whether the file and its log still have their names. */
  boolean isInPlace() {
    return connections.isInPlace();
  }

  /** Whether the file itself still has its name. */
  boolean isFileInPlace() {
    return connections.isFileInPlace();
  }

  /** Whether it is closed, so that only a next one can be used. Guarded by the lock for renewal. */
  boolean isOver() {
    return isOver;
  }

  /** Closes with all that is buffered in the file, which may have another name by now or none. */
  void close() {
    isOver = true;
    file.close();
  }

  /**
   * Closes the file if it can serve no longer: it is damaged, or not at its path any more, or its log is
   * not.
   *
   * @param failure what an operation on it met, if any
   * @return false if there is no reason
   * @throws StoreException if a removed log cannot be saved yet; the file stays open
   */
  boolean endIfUnfit(@Nullable RuntimeException failure, Consumer<Path> whenSetAside) {
    if (isOver) {
      return true;
    }
    OpenLock lock = OpenLock.acquire(source.path());
    try {
      if (!isFileInPlace()) {
        leaveMovedFile();
      } else if (!isInPlace()) {
        leaveRemovedLog();
      } else if (failure != null && Damage.isIn(failure) && source.setsAside()) {
        whenSetAside.accept(SetAside.damaged(source.path(), source.nowMillis(), failure));
        abandon();
      }
      return isOver;
    } finally {
      lock.close();
    }
  }

  private void leaveMovedFile() {
    logger.log(
        Level.WARNING,
        () -> "The cache file " + source.path()
            + " was removed, renamed or replaced while it was open;"
            + " the caches go on with what is there now. Writes since then went into the old file.");
    try {
      close();
    } catch (RuntimeException e) {
      logger.log(
          Level.WARNING,
          () -> "The last accesses of the old file " + source.path() + " are lost",
          e);
    }
    // Other processes have the old file open still. What is at the path now must not share its log.
    if (source.ifAbsent() == OpenFiles.IfAbsent.CREATE && connections.isAnyOfTheLogInPlace()) {
      SetAside.strayLog(source.path(), source.nowMillis());
    }
  }

  private void leaveRemovedLog() {
    boolean isSaved = saveRemovedLog();
    logger.log(
        Level.WARNING,
        () -> "The log of the cache file " + source.path()
            + " was removed or replaced while it was open; "
            + (isSaved
                ? "all that was in it is in the file now, and the caches go on with that."
                : "another process has left it before, and the caches go on with what is there now."
                    + " What that process did not move into the file is lost."));
    abandon();
  }

  // A damaged file is dealt with when it is opened again.
  private boolean saveRemovedLog() {
    try {
      return file.saveRemovedLog();
    } catch (StoreException e) {
      if (!Damage.isIn(e)) {
        throw e;
      }
      logger.log(Level.WARNING, () -> "A removed log cannot be saved", e);
      return false;
    }
  }

  /** Closes and writes nothing more. */
  private void abandon() {
    isOver = true;
    file.abandon();
  }
}
