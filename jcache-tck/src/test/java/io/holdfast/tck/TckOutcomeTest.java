package io.holdfast.tck;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import javax.cache.spi.CachingProvider;
import org.junit.Test;

/** What the two runs of the suite over the provider must have done, and may have left out. */
public class TckOutcomeTest {
  /** Twelve tests are about store by reference, which we do not offer; the last is a placeholder. */
  private static final Map<String, Integer> LEFT_OUT = Map.of(
      "org.jsr107.tck.StoreByReferenceTest", 11,
      "org.jsr107.tck.TypesTest", 1,
      "org.jsr107.tck.CachingTest", 1);

  @Test
  public void file_run_leavesOutOnlyStoreByReference() throws IOException {
    assertComplete("tck-file");
  }

  @Test
  public void heap_run_leavesOutOnlyStoreByReference() throws IOException {
    assertComplete("tck-heap");
  }

  @Test
  public void classPath_hasOneProvider() {
    List<String> providers = ServiceLoader.load(CachingProvider.class).stream()
        .map(provider -> provider.type().getName())
        .collect(Collectors.toList());
    assertEquals(List.of("io.holdfast.jcache.HoldfastCachingProvider"), providers);
  }

  private static void assertComplete(String directory) throws IOException {
    TckRun run = TckRun.readFrom(Path.of(System.getProperty("tck.reports"), directory));
    assertEquals("tests run", 481, run.testCount());
    assertEquals("exclusions", LEFT_OUT, run.exclusions());
  }
}
