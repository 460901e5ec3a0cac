package io.holdfast.docs.run;

import io.holdfast.jcache.HoldfastConfiguration;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseCacheBuilder;
import io.holdfast.response.ResponseKey;
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

  private static final String EVIDENCE = "evidence";

  private static final long DISK_BYTES = 1L << 30;

  private static final long PURGE_SECONDS = 10;

  private final CacheManager manager;
  private final Cache<String, CachedResponse> documents;
  private final ResponseCache<TableDocument> responses;
  private final ExecutorService purge;

  private DocumentationCache(
      CacheManager manager,
      Cache<String, CachedResponse> documents,
      ResponseCache<TableDocument> responses,
      ExecutorService purge) {
    this.manager = manager;
    this.documents = documents;
    this.responses = responses;
    this.purge = purge;
  }

  /** As {@link #open(Path, Books)}, without books. */
  public static DocumentationCache open(Path file) throws RunException {
    return open(file, Books.NONE);
  }

  /**
   * Opens the file, making it where it is missing.
   *
   * @param books what tokens cost, and where it is written what they did
   * @throws RunException if it is no cache file, or out of reach; it is left as it was
   */
  public static DocumentationCache open(Path file, Books books) throws RunException {
    CacheManager manager = null;
    try {
      manager = Caching.getCachingProvider()
          .getCacheManager(file.toAbsolutePath().normalize().toUri(), null);
      Cache<String, CachedResponse> cache = cache(manager, NAME);
      ExecutorService purge = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "holdfast-docs-purge");
        thread.setDaemon(true);
        return thread;
      });
      return new DocumentationCache(
          manager,
          cache,
          books
              .keptBy(ResponseCache.over(cache)
                  .name(NAME)
                  .purgeExecutor(purge)
                  .codec(DocumentCodec.INSTANCE)
                  .usageOf(TableDocument::usage))
              .build(),
          purge);
    } catch (CacheException e) {
      if (manager != null) {
        manager.close();
      }
      throw new RunException("The cache file cannot be used: " + reason(e), e);
    }
  }

  private static Cache<String, CachedResponse> cache(CacheManager manager, String name) {
    Cache<String, CachedResponse> cache =
        manager.getCache(name, String.class, CachedResponse.class);
    return cache != null
        ? cache
        : manager.createCache(
            name,
            HoldfastConfiguration.builder(String.class, CachedResponse.class)
                .heapEntries(1_000)
                .diskBytes(DISK_BYTES)
                .statistics(true)
                .build());
  }

  /** The cache of documents. */
  public ResponseCache<TableDocument> responses() {
    return responses;
  }

  /**
   * A cache of other answers in the same file, such as those of a chat. Close what is built of it before
   * this.
   */
  public ResponseCacheBuilder<String> others(String name) {
    return ResponseCache.over(cache(manager, name)).name(name).purgeExecutor(purge);
  }

  /** Whether a document is kept under this key; one look-up, which no statistics count. */
  public boolean contains(ResponseKey key) {
    return key.text().map(documents::containsKey).orElse(false);
  }

  /** What was learnt of questions in other words, in the same file: scores, no questions. */
  public Cache<String, String> evidence() {
    Cache<String, String> cache = manager.getCache(EVIDENCE, String.class, String.class);
    return cache != null
        ? cache
        : manager.createCache(
            EVIDENCE,
            HoldfastConfiguration.builder(String.class, String.class)
                .heapEntries(1_000)
                .build());
  }

  /**
   * Removes all answers from the file, and leaves the evidence. What is being computed now may still be stored.
   *
   * @throws CacheException if it fails; some may be left, try again
   */
  public void clear() {
    for (String name : manager.getCacheNames()) {
      if (!name.equals(EVIDENCE)) {
        manager.getCache(name, String.class, CachedResponse.class).clear();
      }
    }
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
