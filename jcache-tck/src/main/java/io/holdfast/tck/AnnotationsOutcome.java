package io.holdfast.tck;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import javax.cache.annotation.BeanProvider;
import javax.cache.spi.CachingProvider;
import org.junit.Test;

/**
 * What the annotation tests must have done in one container. The suite takes its beans from the first
 * {@link BeanProvider} of the class path, and passes without doing anything where there is none.
 */
public abstract class AnnotationsOutcome {
  private static final String SUITE = "org.jsr107.tck.annotation.";

  private final Class<? extends BeanProvider> container;

  protected AnnotationsOutcome(Class<? extends BeanProvider> container) {
    this.container = container;
  }

  @Test
  public void run_leavesOutNothing() throws IOException {
    TckRun run = TckRun.readFrom(Path.of(System.getProperty("tck.reports", "")));
    assertEquals(
        "tests run",
        Map.of(
            SUITE + "InterceptionCacheNameOnEachMethodTest", 4,
            SUITE + "InterceptionUsingCacheConfigTest", 4,
            SUITE + "InterceptionUsingDefaultCacheNameTest", 4),
        run.tests());
    assertEquals("exclusions", Map.of(), run.exclusions());
  }

  @Test
  public void run_wentThroughTheFile() {
    Path file = Path.of(System.getProperty("tck.file", ""));
    assertTrue("the caches' file is there: " + file, Files.isRegularFile(file));
  }

  @Test
  public void classPath_hasOneProviderOfCaches() {
    assertEquals(
        List.of("io.holdfast.jcache.HoldfastCachingProvider"), namesOf(CachingProvider.class));
  }

  @Test
  public void classPath_hasOneProviderOfBeans() {
    assertEquals(List.of(container.getName()), namesOf(BeanProvider.class));
  }

  private static List<String> namesOf(Class<?> service) {
    return ServiceLoader.load(service).stream()
        .map(provider -> provider.type().getName())
        .toList();
  }
}
