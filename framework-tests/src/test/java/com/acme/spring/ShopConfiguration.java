package com.acme.spring;

import com.acme.catalogue.Catalogue;
import com.acme.catalogue.Stock;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application of the Spring Framework without Boot. */
@Configuration
@EnableCaching
public class ShopConfiguration {

  @Bean
  CacheManager caches(@Value("${shop.caches}") URI file) {
    Properties settings = new Properties();
    settings.setProperty(
        "holdfast.serialization.allow",
        "com.acme.catalogue.*,"
            + "org.springframework.cache.interceptor.SimpleKey,"
            + "org.springframework.cache.support.NullValue,"
            + "java.lang.Throwable,java.lang.Exception,java.lang.RuntimeException");
    CacheManager caches = Caching.getCachingProvider()
        .getCacheManager(file, ShopConfiguration.class.getClassLoader(), settings);
    for (String name : List.of("prices", "discounts", "stock", "unknown")) {
      caches.createCache(name, new MutableConfiguration<>());
    }
    return caches;
  }

  @Bean
  JCacheCacheManager cacheManager(CacheManager caches) {
    return new JCacheCacheManager(caches);
  }

  @Bean
  Catalogue catalogue() {
    return new Catalogue();
  }

  @Bean
  Stock stock() {
    return new Stock();
  }
}
