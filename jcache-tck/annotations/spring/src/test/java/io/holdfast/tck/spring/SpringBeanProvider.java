package io.holdfast.tck.spring;

import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.BeanProvider;
import javax.cache.configuration.MutableConfiguration;
import manager.CacheNameOnEachMethodBlogManagerImpl;
import manager.ClassLevelCacheConfigBlogManagerImpl;
import manager.UsingDefaultCacheNameBlogManagerImpl;
import org.springframework.cache.Cache;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.jcache.JCacheCache;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Beans of Spring, intercepted by Spring's own support of the JSR-107 annotations. */
public final class SpringBeanProvider implements BeanProvider {
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext(SuiteConfiguration.class);

  @Override
  public <T> T getBeanByType(Class<T> type) {
    return context.getBean(type);
  }

  /** The suite asks for its beans by their classes, so the proxies are subclasses. */
  @Configuration
  @EnableCaching(proxyTargetClass = true)
  @Import({
    CacheNameOnEachMethodBlogManagerImpl.class,
    ClassLevelCacheConfigBlogManagerImpl.class,
    UsingDefaultCacheNameBlogManagerImpl.class
  })
  static class SuiteConfiguration {
    @Bean
    CacheManager jsr107Manager() {
      return Caching.getCachingProvider().getCacheManager();
    }

    @Bean
    JCacheCacheManager cacheManager(CacheManager jsr107Manager) {
      return new CreatingCacheManager(jsr107Manager);
    }
  }

  /** Makes the caches that nobody has configured, as the reference implementation does. */
  private static final class CreatingCacheManager extends JCacheCacheManager {
    private final CacheManager manager;

    CreatingCacheManager(CacheManager manager) {
      super(manager);
      this.manager = manager;
    }

    @Override
    protected Cache getMissingCache(String name) {
      return new JCacheCache(manager.createCache(name, new MutableConfiguration<>()));
    }
  }
}
