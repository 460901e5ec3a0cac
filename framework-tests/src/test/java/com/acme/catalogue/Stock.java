package com.acme.catalogue;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** Answers that the annotations of JSR-107 cache; it counts how often it is really asked. */
public class Stock {
  private final AtomicInteger computations = new AtomicInteger();

  /** How often a method's body has run in this JVM. */
  public int computations() {
    return computations.get();
  }

  @CacheResult(
      cacheName = "stock",
      exceptionCacheName = "unknown",
      cachedExceptions = UnknownArticleException.class)
  public Integer pieces(String article) {
    int pieces = computations.incrementAndGet();
    if (article.startsWith("no ")) {
      throw new UnknownArticleException(article);
    }
    return pieces;
  }

  @CacheResult(cacheName = "stock")
  public Integer piecesIn(String article, String warehouse) {
    return computations.incrementAndGet();
  }

  @CachePut(cacheName = "stock")
  public void count(@CacheKey String article, @CacheValue Integer pieces) {}

  @CacheRemove(cacheName = "stock")
  public void recount(String article) {}

  @CacheRemoveAll(cacheName = "stock")
  public void recountEverything() {}
}
