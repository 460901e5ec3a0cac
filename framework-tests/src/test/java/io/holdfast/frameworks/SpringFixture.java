package io.holdfast.frameworks;

import com.acme.spring.ShopConfiguration;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A context over one cache file; restarting makes a new context over the same file. */
final class SpringFixture implements AutoCloseable {
  private final Path file;
  private final Class<?> application;
  private AnnotationConfigApplicationContext context;

  SpringFixture(Path directory) {
    this(directory, ShopConfiguration.class);
  }

  SpringFixture(Path directory, Class<?> application) {
    this.file = directory.resolve("caches.db");
    this.application = application;
    this.context = open();
  }

  private AnnotationConfigApplicationContext open(Class<?>... more) {
    var opened = new AnnotationConfigApplicationContext();
    opened
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource("test", Map.of("shop.caches", file.toUri().toString())));
    opened.register(application);
    if (more.length > 0) {
      opened.register(more);
    }
    opened.refresh();
    return opened;
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  void restart(Class<?>... more) {
    context.close();
    context = open(more);
  }

  @Override
  public void close() {
    context.close();
  }
}
