package io.holdfast.jcache;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which cache of which file is open in this process.
 *
 * <p>Managers of several class loaders may share a file, each with its own caches. The same cache
 * cannot be open twice: two heap tiers in front of the same rows would not hear of each other's
 * writes. (Other processes are told apart by what the file itself records.)
 */
final class CacheClaims {
  private static final Set<Claim> OPEN = ConcurrentHashMap.newKeySet();

  private CacheClaims() {}

  /** One cache of one file. */
  record Claim(Path file, String cacheName) implements AutoCloseable {
    @Override
    public void close() {
      OPEN.remove(this);
    }
  }

  /** Claims a cache until the claim is closed; null if another manager of this process has it open. */
  static @Nullable Claim tryClaim(Path file, String cacheName) {
    Claim claim = new Claim(file, cacheName);
    return OPEN.add(claim) ? claim : null;
  }
}
