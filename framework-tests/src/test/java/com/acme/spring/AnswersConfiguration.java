package com.acme.spring;

import com.acme.answers.Answers;
import java.net.URI;
import java.util.Properties;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application whose cached methods have canonical keys. */
@Configuration
@EnableCaching
public class AnswersConfiguration {

  @Bean
  CacheManager caches(@Value("${shop.caches}") URI file) {
    Properties settings = new Properties();
    settings.setProperty("holdfast.serialization.allow", "io.holdfast.response.CanonicalCacheKey");
    CacheManager caches = Caching.getCachingProvider()
        .getCacheManager(file, AnswersConfiguration.class.getClassLoader(), settings);
    caches.createCache("answers", new MutableConfiguration<>());
    return caches;
  }

  @Bean
  JCacheCacheManager cacheManager(CacheManager caches) {
    return new JCacheCacheManager(caches);
  }

  @Bean
  Answers answers() {
    return new Answers();
  }
}
