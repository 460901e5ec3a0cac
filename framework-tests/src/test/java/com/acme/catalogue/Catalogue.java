package com.acme.catalogue;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;

/** Answers that Spring's own annotations cache; it counts how often it is really asked. */
public class Catalogue {
  private final AtomicInteger computations = new AtomicInteger();

  /** How often a method's body has run in this JVM. */
  public int computations() {
    return computations.get();
  }

  @Cacheable(cacheNames = "prices", sync = true)
  public Price price(String article) {
    int amount = computations.incrementAndGet();
    return new Price(article, BigDecimal.valueOf(amount));
  }

  @Cacheable("prices")
  public Price priceInSeason(String article, int pieces, Season season) {
    int amount = computations.incrementAndGet();
    return new Price(article + " " + season, BigDecimal.valueOf(amount));
  }

  @CacheEvict("prices")
  public void endSeason(String article, int pieces, Season season) {}

  @CachePut(cacheNames = "prices", key = "#article")
  public Price reprice(String article, BigDecimal amount) {
    return new Price(article, amount);
  }

  @CacheEvict(cacheNames = "prices", allEntries = true)
  public void repriceEverything() {}

  /** Nothing is a good answer too, and is cached. */
  @Cacheable("discounts")
  public String discount(String article) {
    computations.incrementAndGet();
    return null;
  }

  /** A class of the JDK, and yet not one that the cache lets in. */
  @Cacheable("prices")
  public DecimalFormat layout(String article) {
    computations.incrementAndGet();
    return new DecimalFormat("0.00");
  }

  @Cacheable(cacheNames = "prices", sync = true)
  public Price unpriced(String article) {
    computations.incrementAndGet();
    throw new UnknownArticleException(article);
  }
}
