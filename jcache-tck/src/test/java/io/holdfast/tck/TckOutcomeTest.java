package io.holdfast.tck;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.spi.CachingProvider;
import org.junit.Test;

/**
 * Reads the reports of the conformance runs. The suite answers an exclusion, and a feature that the
 * provider does not offer, by an empty test that passes; so what was left out is counted and named.
 */
public class TckOutcomeTest {
  private static final Pattern COUNT = Pattern.compile("<testsuite [^>]*\\btests=\"(\\d+)\"");
  private static final Pattern EXCLUDED = Pattern.compile("===== EXCLUDING TEST");

  /** Eleven tests of one class and one of another are about store by reference, which we do not offer. */
  private static final int STORE_BY_REFERENCE = 12;

  private static final int PLACEHOLDER = 1;

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

  private static void assertComplete(String run) throws IOException {
    Path reports = Path.of(System.getProperty("tck.reports"), run);
    int tests = 0;
    int excluded = 0;
    var excludedIn = new TreeSet<String>();
    for (Path report : filesOf(reports)) {
      String name = report.getFileName().toString();
      String text = Files.readString(report);
      if (name.contains("io.holdfast")) {
        continue; // this class, when run by name
      }
      if (name.startsWith("TEST-")) {
        Matcher count = COUNT.matcher(text);
        tests += count.find() ? Integer.parseInt(count.group(1)) : 0;
      } else if (name.endsWith("-output.txt")) {
        long found = EXCLUDED.matcher(text).results().count();
        excluded += (int) found;
        if (found > 0) {
          excludedIn.add(name.replace("-output.txt", ""));
        }
      }
    }
    assertEquals("tests run", 481, tests);
    assertEquals(
        "classes with exclusions",
        new TreeSet<>(List.of(
            "org.jsr107.tck.CachingTest",
            "org.jsr107.tck.StoreByReferenceTest",
            "org.jsr107.tck.TypesTest")),
        excludedIn);
    assertEquals("exclusions", PLACEHOLDER + STORE_BY_REFERENCE, excluded);
  }

  private static List<Path> filesOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.collect(Collectors.toList());
    }
  }
}
