package io.holdfast.jcache;

import java.nio.file.Path;
import java.util.Map;
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
  // By file and name. No record: a fresh JVM takes long to link the hash of one.
  private static final ConcurrentHashMap<Map.Entry<Path, String>, Claim> OPEN =
      new ConcurrentHashMap<>();

  private CacheClaims() {}

  /** A cache that is open, until this is closed. */
  static final class Claim implements AutoCloseable {
    private final Map.Entry<Path, String> place;
    private volatile Runnable emptying = () -> {};

    private Claim(Map.Entry<Path, String> place) {
      this.place = place;
    }

    /** How everybody else may empty the cache. */
    void emptyWith(Runnable action) {
      emptying = action;
    }

    /** Deletes the entries of the open cache, from the file and from its heap. */
    void empty() {
      emptying.run();
    }

    @Override
    public void close() {
      OPEN.remove(place, this);
    }
  }

  /** Claims a cache until the claim is closed; null if another manager of this process has it open. */
  static @Nullable Claim tryClaim(Path file, String cacheName) {
    Claim claim = new Claim(Map.entry(file, cacheName));
    return OPEN.putIfAbsent(claim.place, claim) == null ? claim : null;
  }

  /** The claim of whoever has this cache open in this process, or null. */
  static @Nullable Claim find(Path file, String cacheName) {
    return OPEN.get(Map.entry(file, cacheName));
  }
}
