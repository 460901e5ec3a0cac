package io.holdfast.docs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jcache.HoldfastCachingProvider;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries carried away from a file are found by the application that wrote them: by backup, by export. */
class CarryingTest {
  @TempDir
  Path directory;

  /** A key that only its class can compare. */
  record Place(String town, int number) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  private static void withManager(Path file, Consumer<CacheManager> work) {
    try (var provider = new HoldfastCachingProvider();
        CacheManager manager = provider.getCacheManager(
            file.toUri(), CarryingTest.class.getClassLoader(), new Properties())) {
      work.accept(manager);
    }
  }

  private static <K, V> Cache<K, V> cache(
      CacheManager manager, String name, Class<K> keyType, Class<V> valueType) {
    return manager.createCache(name, new MutableConfiguration<K, V>().setTypes(keyType, valueType));
  }

  private Path filled() {
    Path file = file("cache.db");
    withManager(file, manager -> {
      Cache<Place, Place> places = cache(manager, "places", Place.class, Place.class);
      places.put(new Place("Bergen", 1), new Place("Tromsø", 2));
      Cache<UUID, Double> numbers = cache(manager, "numbers", UUID.class, Double.class);
      numbers.put(new UUID(1, 2), Double.NEGATIVE_INFINITY);
      numbers.put(new UUID(3, 4), 0.1);
      Cache<Object, Object> objects = cache(manager, "objects", Object.class, Object.class);
      objects.put(1, "Integer 1");
      objects.put(1L, new ArrayList<>(List.of("line\nbreak", 2L)));
      objects.put("1", new byte[] {0, -1});
      Cache<String, String> texts = cache(manager, "texts \"x\"", String.class, String.class);
      for (int i = 0; i < 1_200; i++) {
        texts.put("key " + i, "value \t\"" + i + "\" 🐚");
      }
    });
    return file;
  }

  private static void assertHoldsEverything(Path file) {
    withManager(file, manager -> {
      Cache<Place, Place> places = cache(manager, "places", Place.class, Place.class);
      assertThat(places.get(new Place("Bergen", 1))).isEqualTo(new Place("Tromsø", 2));
      Cache<UUID, Double> numbers = cache(manager, "numbers", UUID.class, Double.class);
      assertThat(numbers.get(new UUID(1, 2))).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(numbers.get(new UUID(3, 4))).isEqualTo(0.1);
      Cache<Object, Object> objects = cache(manager, "objects", Object.class, Object.class);
      assertThat(objects.get(1)).isEqualTo("Integer 1");
      assertThat(objects.get(1L)).isEqualTo(List.of("line\nbreak", 2L));
      assertThat(objects.get("1")).isEqualTo(new byte[] {0, -1});
      Cache<String, String> texts = cache(manager, "texts \"x\"", String.class, String.class);
      for (int i = 0; i < 1_200; i++) {
        assertThat(texts.get("key " + i)).isEqualTo("value \t\"" + i + "\" 🐚");
      }
      // Writing goes on, over the same row.
      texts.put("key 0", "again");
      assertThat(texts.get("key 0")).isEqualTo("again");
      assertThat(texts.putIfAbsent("key 1", "not this")).isFalse();
    });
    assertThat(Shell.run("cache", file.toString(), "check").out()).contains("is sound");
  }

  private Path exported() {
    Path out = file("export.ndjson");
    Shell shell = Shell.run("cache", filled().toString(), "export", out.toString());
    assertThat(shell.exitCode()).as(shell.err()).isZero();
    assertThat(shell.err()).contains("1206 entries are exported.");
    return out;
  }

  private Shell importing(Path in, Path target, String... options) {
    List<String> arguments = new ArrayList<>(List.of("cache", target.toString(), "import"));
    arguments.addAll(List.of(options));
    arguments.add(in.toString());
    return Shell.run(arguments.toArray(String[]::new));
  }

  @Test
  void exportAndImport_everyKindOfKey_isFoundByTheApplication() {
    Path target = file("imported.db");
    Shell shell = importing(exported(), target);
    assertThat(shell.exitCode()).as(shell.err()).isZero();
    assertThat(shell.out()).contains("has 1206 entries");
    assertHoldsEverything(target);
  }

  @Test
  void export_anImportedFile_givesTheSameLines() throws Exception {
    Path first = exported();
    importing(first, file("imported.db"));
    Path second = file("second.ndjson");
    Shell.run("cache", file("imported.db").toString(), "export", second.toString());
    assertThat(Files.readAllLines(second)).isEqualTo(Files.readAllLines(first));
  }

  @Test
  void export_ofOneCacheToStandardOutput_isOneObjectALine() {
    Shell shell = Shell.run("cache", filled().toString(), "export", "--cache", "numbers");
    assertThat(shell.out().lines()).hasSize(4);
    assertThat(shell.out())
        .contains("\"keyFormat\":\"uuid\"")
        .contains("{\"text\":\"00000000-0000-0001-0000-000000000002\"}")
        .contains("{\"real\":\"-Infinity\"}")
        .endsWith("{\"entries\":2}" + System.lineSeparator());
  }

  @Test
  void import_aBrokenLine_namesItAndLeavesNothing() throws Exception {
    List<String> lines = new ArrayList<>(Files.readAllLines(exported()));
    lines.set(7, lines.get(7).replace("\"version\"", "\"wersion\""));
    Shell shell = importing(Files.write(file("broken.ndjson"), lines), file("imported.db"));
    assertThat(shell.exitCode()).isEqualTo(2);
    assertThat(shell.err())
        .contains("Line 8 cannot be imported: version is missing")
        .doesNotContain("Exception");
    assertThat(directory.toFile().list())
        .filteredOn(name -> !name.startsWith("cache.db"))
        .containsExactlyInAnyOrder("export.ndjson", "broken.ndjson");
  }

  @Test
  void import_anExportThatWasCut_isRefused() throws Exception {
    List<String> lines = Files.readAllLines(exported());
    Path cut = Files.write(file("cut.ndjson"), lines.subList(0, lines.size() - 1));
    Shell shell = importing(cut, file("imported.db"));
    assertThat(shell.exitCode()).isEqualTo(2);
    assertThat(shell.err()).contains("ends before its last line");
    assertThat(file("imported.db")).doesNotExist();
  }

  @Test
  void import_overAFile_isRefusedWithoutReplace() {
    Path export = exported();
    Path target = file("cache.db");
    assertThat(importing(export, target).err()).contains("is there already");
    assertThat(importing(export, target, "--replace").exitCode()).isZero();
    assertHoldsEverything(target);
  }

  @Test
  void import_replaceAFileInUse_isRefused() {
    Path export = exported();
    withManager(file("cache.db"), manager -> {
      cache(manager, "more", String.class, String.class).put("a", "b");
      Shell shell = importing(export, file("cache.db"), "--replace");
      assertThat(shell.exitCode()).isEqualTo(2);
      assertThat(shell.err()).contains("is in use");
    });
  }

  @Test
  void backup_underAnOpenManager_isAFileOfTheSameApplication() {
    Path source = filled();
    Path target = file("backup.db");
    withManager(source, manager -> {
      Shell shell = Shell.run("cache", source.toString(), "backup", target.toString());
      assertThat(shell.exitCode()).as(shell.err()).isZero();
      assertThat(
              Shell.run("cache", source.toString(), "backup", target.toString()).err())
          .contains("is there already");
      assertThat(Shell.run("cache", source.toString(), "backup", target.toString(), "--force")
              .exitCode())
          .isZero();
    });
    assertHoldsEverything(target);
  }

  @Test
  void compact_afterClear_saysBytesBeforeAndAfter() {
    Path source = filled();
    Shell.run("cache", source.toString(), "clear", "--yes");
    assertThat(Shell.run("cache", source.toString(), "compact").out())
        .matches("(?s).* had \\d+ k?B and has \\d+ k?B\\.\\s*");
  }
}
