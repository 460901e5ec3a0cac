package io.holdfast.jcache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import javax.cache.CacheException;
import org.ehcache.CachePersistenceException;
import org.jspecify.annotations.Nullable;

/**
 * A manager's file, which other managers of the process may have too. Two of them may not have the same rows
 * in two heaps.
 */
record SharedFile(Path path, URI uri) {
  private static final Logger logger = System.getLogger(SharedFile.class.getName());

  /** Where a cache may live: as wanted, with its claim on the rows, or in the heap alone. */
  record Place(CacheLimits limits, CacheClaims.@Nullable Claim claim) {
    void release() {
      if (claim != null) {
        claim.close();
      }
    }
  }

  /**
   * Claims the rows of a cache. If another manager of the process has them open, who named the file is told
   * so; who did not, such as a second application in the same server, never asked to share it: its cache
   * lives in the heap.
   *
   * @throws CacheException if another manager has it open, and the file was named
   */
  Place claim(String cacheName, CacheLimits wanted) {
    if (!wanted.persistent()) {
      return new Place(wanted, null);
    }
    CacheClaims.Claim claim = CacheClaims.tryClaim(path, cacheName);
    return claim == null
        ? new Place(withoutClaim(cacheName, wanted), null)
        : new Place(wanted, claim);
  }

  private CacheLimits withoutClaim(String cacheName, CacheLimits limits) {
    String message = "Cache '"
        + cacheName
        + "' of "
        + path
        + " is open in another cache manager of this process; name another file for one of the"
        + " managers, by its URI or the property "
        + HoldfastProperties.FILE;
    if (isNamed()) {
      throw new CacheException(message);
    }
    logger.log(Level.WARNING, () -> message + ". Until then this one is kept in the heap alone.");
    return limits.inHeapAlone();
  }

  /** Deletes a cache's rows; where another manager has them open, its cache stays open and is empty. */
  void destroy(String cacheName, Engine engine) throws CachePersistenceException {
    try (CacheClaims.Claim claim = CacheClaims.tryClaim(path, cacheName)) {
      if (claim != null) {
        engine.destroy(cacheName);
        return;
      }
    }
    CacheClaims.Claim others = CacheClaims.find(path, cacheName);
    if (others != null && isNamed()) {
      others.empty();
    }
  }

  private boolean isNamed() {
    return !uri.equals(HoldfastCachingProvider.DEFAULT_URI);
  }
}
