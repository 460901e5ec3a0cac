package io.holdfast.bench;

import io.holdfast.jcache.HoldfastConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.MemoryUnit;
import org.ehcache.core.config.DefaultConfiguration;
import org.ehcache.impl.config.persistence.DefaultPersistenceConfiguration;
import org.ehcache.jsr107.Eh107Configuration;
import org.ehcache.jsr107.EhcacheCachingProvider;
import org.jspecify.annotations.Nullable;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * What a fresh JVM takes to the first get, beside fresh JVMs that do without: SQLite's driver alone, which
 * reads one row of the same file by hand, and Ehcache's own persistent JCache with 10,000 entries.
 *
 * <p>{@code java -cp jmh-benchmarks/target/benchmarks.jar io.holdfast.bench.FreshJvmProgram 1000000 7}:
 * entries of the file, and how many JVMs of each kind, started in turns. Prints for each kind the medians of
 * milliseconds by the clock, from the {@code main} to the value, and of the whole process's processor time until
 * then, its start included, in steps of 10 ms.
 */
public final class FreshJvmProgram {
  private static final int VALUE_BYTES = 100;
  private static final int BATCH = 5_000;
  private static final int EHCACHE_ENTRIES = 10_000;
  private static final int EHCACHE_MEGABYTES = 100;
  private static final String CHILD = "child";

  private final Path directory;

  private FreshJvmProgram(Path directory) {
    this.directory = directory;
  }

  /** What a fresh JVM does. */
  private enum Kind {
    /** Nothing: what starting it takes. */
    NOTHING,
    /** One row by SQLite's driver. */
    DRIVER,
    /** The driver with its native library at {@code org.sqlite.lib.path}. */
    DRIVER_WITH_LIBRARY,
    EHCACHE,
    HOLDFAST,
    /** With an archive of its classes, as {@code -XX:ArchiveClassesAtExit} writes it. */
    HOLDFAST_WITH_ARCHIVE,
    /** With the archive, and the native library in its place. */
    HOLDFAST_WITH_ARCHIVE_AND_LIBRARY
  }

  /** What one JVM took. */
  private record Took(double millis, long cpuMillis) {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals(CHILD)) {
      new FreshJvmProgram(Path.of(arguments[2])).openHere(Kind.valueOf(arguments[1]));
      return;
    }
    try (Scratch scratch = Scratch.create("holdfast-fresh")) {
      new FreshJvmProgram(scratch.path())
          .compare(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    }
  }

  private void compare(int entries, int rounds) throws Exception {
    fill(entries);
    copyLibrary();
    start(Kind.HOLDFAST, List.of("-XX:ArchiveClassesAtExit=" + archive()));
    Map<Kind, List<Took>> took = new EnumMap<>(Kind.class);
    for (int round = 0; round < rounds; round++) {
      for (Kind kind : Kind.values()) {
        took.computeIfAbsent(kind, none -> new ArrayList<>()).add(start(kind, optionsOf(kind)));
      }
    }
    took.forEach((kind, all) -> System.out.printf(
        "%-34s %6.0f ms by the clock, %5d ms of processor time (medians of %d)%n",
        kind,
        all.stream().mapToDouble(Took::millis).sorted().toArray()[rounds / 2],
        all.stream().mapToLong(Took::cpuMillis).sorted().toArray()[rounds / 2],
        rounds));
  }

  private Path archive() {
    return directory.resolve("classes.jsa");
  }

  private List<String> optionsOf(Kind kind) {
    String useArchive = "-XX:SharedArchiveFile=" + archive();
    String useLibrary = "-Dorg.sqlite.lib.path=" + directory;
    return switch (kind) {
      case NOTHING, DRIVER, EHCACHE, HOLDFAST -> List.of();
      case DRIVER_WITH_LIBRARY -> List.of(useLibrary);
      case HOLDFAST_WITH_ARCHIVE -> List.of(useArchive);
      case HOLDFAST_WITH_ARCHIVE_AND_LIBRARY -> List.of(useArchive, useLibrary);
    };
  }

  // Where the driver unpacks it from, so that it need not.
  private void copyLibrary() throws IOException {
    String resource = LibraryLoaderUtil.getNativeLibResourcePath();
    String name = LibraryLoaderUtil.getNativeLibName();
    try (InputStream library = LibraryLoaderUtil.class.getResourceAsStream(resource + "/" + name)) {
      if (library == null) {
        throw new IOException("no native library of this system in the driver: " + resource);
      }
      Files.copy(library, directory.resolve(name));
    }
  }

  private void fill(int entries) {
    try (CacheManager holdfast = holdfast();
        CacheManager ehcache = ehcache()) {
      fill(holdfastCache(holdfast), entries);
      fill(ehcacheCache(ehcache), EHCACHE_ENTRIES);
    }
  }

  private static void fill(Cache<String, String> cache, int entries) {
    String value = "v".repeat(VALUE_BYTES);
    Map<String, String> batch = new HashMap<>();
    for (int i = 0; i < entries; i++) {
      batch.put(Entries.key(i), value);
      if (batch.size() == BATCH || i == entries - 1) {
        cache.putAll(batch);
        batch.clear();
      }
    }
  }

  private Took start(Kind kind, List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.addAll(List.of(getClass().getName(), CHILD, kind.name(), directory.toString()));
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the fresh JVM failed: " + kind);
    }
    for (String line : said.split("\n", -1)) {
      String[] words = line.strip().split(" ", -1);
      if (words.length == 3 && words[0].equals(CHILD)) {
        return new Took(Long.parseLong(words[1]) / 1e6, Long.parseLong(words[2]));
      }
    }
    throw new IllegalStateException("the fresh JVM said nothing: " + kind);
  }

  private void openHere(Kind kind) throws SQLException {
    long startNanos = System.nanoTime();
    switch (kind) {
      case NOTHING -> report(startNanos, "");
      case DRIVER, DRIVER_WITH_LIBRARY -> readByHand(startNanos);
      case EHCACHE -> {
        try (CacheManager manager = ehcache()) {
          report(startNanos, ehcacheCache(manager).get(Entries.key(1)));
        }
      }
      case HOLDFAST, HOLDFAST_WITH_ARCHIVE, HOLDFAST_WITH_ARCHIVE_AND_LIBRARY -> {
        try (CacheManager manager = holdfast()) {
          report(startNanos, holdfastCache(manager).get(Entries.key(1)));
        }
      }
    }
  }

  private void readByHand(long startNanos) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT value FROM entry_1 LIMIT 1")) {
      report(startNanos, row.next() ? row.getString(1) : null);
    }
  }

  // By the handle and not by a bean, whose server would take its time too.
  private static void report(long startNanos, @Nullable String value) {
    long nanos = System.nanoTime() - startNanos;
    long cpuMillis =
        ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    if (value == null) {
      throw new IllegalStateException("a miss");
    }
    System.out.println(CHILD + " " + nanos + " " + cpuMillis);
  }

  private Path file() {
    return directory.resolve("cache.db");
  }

  private CacheManager holdfast() {
    return Caching.getCachingProvider("io.holdfast.jcache.HoldfastCachingProvider")
        .getCacheManager(file().toUri(), getClass().getClassLoader(), new Properties());
  }

  private static Cache<String, String> holdfastCache(CacheManager manager) {
    return manager.createCache(
        "bench", HoldfastConfiguration.builder(String.class, String.class).build());
  }

  private CacheManager ehcache() {
    var provider =
        (EhcacheCachingProvider) Caching.getCachingProvider(EhcacheCachingProvider.class.getName());
    var where = new DefaultPersistenceConfiguration(directory.resolve("ehcache").toFile());
    return provider.getCacheManager(
        URI.create("urn:fresh"), new DefaultConfiguration(getClass().getClassLoader(), where));
  }

  private static Cache<String, String> ehcacheCache(CacheManager manager) {
    return manager.createCache(
        "bench",
        Eh107Configuration.fromEhcacheCacheConfiguration(
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                String.class,
                String.class,
                ResourcePoolsBuilder.heap(BATCH)
                    .disk(EHCACHE_MEGABYTES, MemoryUnit.MB, /* persistent= */ true))));
  }
}
