package io.holdfast.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * The files that this process has open, each once however often it is opened.
 *
 * <p>Two sets of connections to one file would lose their locks when one of them is closed. The same
 * holds for two names of one file, so a second name is refused.
 *
 * @see <a href="https://sqlite.org/howtocorrupt.html">How to corrupt a SQLite database file</a>
 */
final class OpenFiles {
  private static final Map<Path, Shared> OPEN = new HashMap<>();

  private OpenFiles() {}

  /** An open file, and by how many handles. */
  private static final class Shared {
    private final RenewableFile file;
    private final ProcessClaim claim;
    private int handles;

    Shared(RenewableFile file, ProcessClaim claim) {
      this.file = file;
      this.claim = claim;
    }

    void close() {
      try (claim) {
        file.close();
      }
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

    Migrations.IfOlder ifOlder() {
      return ifOlder;
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
      Shared shared = OPEN.get(path);
      if (shared == null) {
        requireNoOtherName(path);
        ProcessClaim claim = ProcessClaim.of(path);
        try {
          shared = new Shared(
              new RenewableFile(new Generation.Source(
                  path, settings, clockMillis, ifAbsent, hashing, claim::isOnly)),
              claim);
        } catch (RuntimeException | Error e) {
          claim.close();
          throw e;
        }
        OPEN.put(path, shared);
      } else {
        shared.file.requireInPlace();
        if (ifAbsent == IfAbsent.CREATE) {
          shared.file.require(settings);
        }
      }
      shared.handles++;
      return new CacheFileHandle(shared.file);
    }
  }

  /** Gives back one handle; the last one closes the file. */
  static void release(RenewableFile file) {
    synchronized (OPEN) {
      Shared shared = OPEN.get(file.path());
      if (shared == null || shared.file != file || --shared.handles > 0) {
        return;
      }
      OPEN.remove(file.path());
      // Still under the lock: nobody may open the file while its connections are being closed.
      shared.close();
    }
  }

  private static Path realPath(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new StoreException("There is no cache file " + file, file);
    }
  }

  private static void requireNoOtherName(Path path) {
    FileIdentity identity = FileIdentity.of(path);
    for (Map.Entry<Path, Shared> open : OPEN.entrySet()) {
      if (identity.isSame(open.getValue().file.identity())) {
        throw new StoreException(
            path + " is a second name of " + open.getKey() + ", which is open", path);
      }
    }
  }
}
