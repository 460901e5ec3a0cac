package io.holdfast.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The files that this process has open, each once however often it is opened.
 *
 * <p>Two sets of connections to one file would lose their locks when one of them is closed. The same
 * holds for two names of one file, and for a file that replaced an open one, so both are refused.
 *
 * @see <a href="https://sqlite.org/howtocorrupt.html">How to corrupt a SQLite database file</a>
 */
final class OpenFiles {
  private static final Map<Path, Shared> OPEN = new HashMap<>();

  private OpenFiles() {}

  /** An open file, and by how many handles. */
  private static final class Shared {
    private final SqliteCacheFile file;
    private final @Nullable Object fileKey;
    private int handles;

    Shared(SqliteCacheFile file, @Nullable Object fileKey) {
      this.file = file;
      this.fileKey = fileKey;
    }
  }

  /** Whether a missing file is made; who does not make one does not migrate one either. */
  enum IfAbsent {
    CREATE(Migrations.IfOlder.MIGRATE),
    FAIL(Migrations.IfOlder.REFUSE);

    private final Migrations.IfOlder ifOlder;

    IfAbsent(Migrations.IfOlder ifOlder) {
      this.ifOlder = ifOlder;
    }
  }

  static CacheFile open(
      StoreSettings settings,
      LongSupplier clockMillis,
      IfAbsent ifAbsent,
      UnaryOperator<KeyHasher> hashing) {
    synchronized (OPEN) {
      if (ifAbsent == IfAbsent.CREATE) {
        FileGate.createIfAbsent(settings.file());
      }
      FileTrust.requireOwnLink(settings.file());
      Path path = realPath(settings.file());
      Object fileKey = fileKey(path);
      Shared shared = OPEN.get(path);
      if (shared == null) {
        requireNoOtherName(path, fileKey);
        shared = new Shared(
            OwnThread.call("holdfast-open " + path.getFileName(), () -> {
              FileGate.check(path, ifAbsent);
              FileGate.loadNativeLibrary(path);
              return SqliteCacheFile.open(path, settings, clockMillis, ifAbsent.ifOlder, hashing);
            }),
            fileKey);
        OPEN.put(path, shared);
      } else if (fileKey != null && !fileKey.equals(shared.fileKey)) {
        throw new StoreException(
            path + " was replaced while this process has it open; close it first", path);
      } else if (ifAbsent == IfAbsent.CREATE) {
        shared.file.require(settings);
      }
      shared.handles++;
      return new CacheFileHandle(shared.file);
    }
  }

  /** Gives back one handle; the last one closes the file. */
  static void release(SqliteCacheFile file) {
    synchronized (OPEN) {
      Shared shared = OPEN.get(file.path());
      if (shared == null || shared.file != file || --shared.handles > 0) {
        return;
      }
      OPEN.remove(file.path());
      // Still under the lock: nobody may open the file while its connections are being closed.
      file.close();
    }
  }

  private static Path realPath(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new StoreException("There is no cache file " + file, file);
    }
  }

  // Device and inode where there is such a thing.
  private static @Nullable Object fileKey(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      throw new StoreException("read the attributes", file, e);
    }
  }

  private static void requireNoOtherName(Path path, @Nullable Object fileKey) {
    for (Map.Entry<Path, Shared> open : OPEN.entrySet()) {
      if (fileKey != null && fileKey.equals(open.getValue().fileKey)) {
        throw new StoreException(
            path + " is a second name of " + open.getKey() + ", which is open", path);
      }
    }
  }
}
