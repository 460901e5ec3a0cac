package io.holdfast.docs.run;

import io.holdfast.jcache.HoldfastConfiguration;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;

/**
 * The documents of all databases in one cache file. Safe from any thread; close it to write what is
 * buffered.
 */
public final class DocumentationCache implements AutoCloseable {

  /** The cache's name in the file, in logs and in JMX. */
  public static final String NAME = "table-documents";

  private static final long DISK_BYTES = 1L << 30;

  private static final long PURGE_SECONDS = 10;

  private final CacheManager manager;
  private final ResponseCache<TableDocument> responses;
  private final ExecutorService purge;

  private DocumentationCache(
      CacheManager manager, ResponseCache<TableDocument> responses, ExecutorService purge) {
    this.manager = manager;
    this.responses = responses;
    this.purge = purge;
  }

  /**
   * Opens the file, making it where it is missing.
   *
   * @throws RunException if it is no cache file, or out of reach; it is left as it was
   */
  public static DocumentationCache open(Path file) throws RunException {
    CacheManager manager = null;
    try {
      manager = Caching.getCachingProvider()
          .getCacheManager(file.toAbsolutePath().normalize().toUri(), null);
      Cache<String, CachedResponse> cache =
          manager.getCache(NAME, String.class, CachedResponse.class);
      if (cache == null) {
        cache = manager.createCache(
            NAME,
            HoldfastConfiguration.builder(String.class, CachedResponse.class)
                .heapEntries(1_000)
                .diskBytes(DISK_BYTES)
                .valueCodec(ResponseColumn.INSTANCE)
                .statistics(true)
                .build());
      }
      ExecutorService purge = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "holdfast-docs-purge");
        thread.setDaemon(true);
        return thread;
      });
      return new DocumentationCache(
          manager,
          ResponseCache.over(cache)
              .name(NAME)
              .purgeExecutor(purge)
              .codec(DocumentCodec.INSTANCE)
              .build(),
          purge);
    } catch (CacheException e) {
      if (manager != null) {
        manager.close();
      }
      throw new RunException("The cache file cannot be used: " + reason(e), e);
    }
  }

  /** The cache of documents. */
  public ResponseCache<TableDocument> responses() {
    return responses;
  }

  @Override
  public void close() {
    responses.close();
    // A walk that has begun is let end: the cache must not be closed under it.
    purge.shutdown();
    try {
      if (!purge.awaitTermination(PURGE_SECONDS, TimeUnit.SECONDS)) {
        purge.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    manager.close();
  }

  /** The message of the innermost cause that has one: the store's own sentence, which names the file. */
  private static String reason(Throwable failure) {
    String reason = failure.toString();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && cause.getMessage().contains(" ")) {
        reason = cause.getMessage();
      }
    }
    return reason;
  }
}
