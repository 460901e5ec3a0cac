package io.holdfast.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** One file that stood at the path, from its opening until it is closed or another takes its place. */
final class Generation {
  private static final int MOST_TRIES = 3;

  private final SqliteCacheFile file;
  private final FileIdentity identity;
  private boolean isOver;

  private Generation(SqliteCacheFile file, FileIdentity identity) {
    this.file = file;
    this.identity = identity;
  }

  /** How to open a file at this path, the first and each later one. */
  record Source(
      Path path,
      StoreSettings settings,
      LongSupplier clockMillis,
      OpenFiles.IfAbsent ifAbsent,
      UnaryOperator<KeyHasher> hashing) {

    boolean setsAside() {
      return settings.corruption() == CorruptionPolicy.SET_ASIDE
          && ifAbsent == OpenFiles.IfAbsent.CREATE;
    }

    long nowMillis() {
      return clockMillis.getAsLong();
    }
  }

  /**
   * Opens what is at the path; under an {@link OpenLock}, out of reach of interrupts.
   *
   * @param whenSetAside told where a damaged file went that was there
   */
  static Generation open(Source source, Consumer<Path> whenSetAside) {
    boolean mayBeSetAside = source.setsAside();
    for (int tries = 1; ; tries++) {
      ConnectionSource connections = find(source);
      try {
        return open(source, connections);
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
    return new ConnectionSource(source.path(), FileIdentity.of(source.path()));
  }

  private static Generation open(Source source, ConnectionSource connections) {
    Path path = source.path();
    FileGate.check(path, source.ifAbsent());
    if (isEmpty(path)) {
      SetAside.strayLog(path, source.nowMillis());
    }
    FileGate.loadNativeLibrary(path);
    return new Generation(
        SqliteCacheFile.open(
            connections,
            source.settings(),
            source.clockMillis(),
            source.ifAbsent().ifOlder(),
            source.hashing()),
        connections.identity());
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
    return identity;
  }

  boolean isInPlace() {
    return identity.isStillAt(file.path());
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

  /** Closes without touching a damaged file again. */
  void abandon() {
    isOver = true;
    file.abandon();
  }
}
