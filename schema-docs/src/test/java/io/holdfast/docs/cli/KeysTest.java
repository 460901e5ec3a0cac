package io.holdfast.docs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jcache.HoldfastConfiguration;
import io.holdfast.jcache.HoldfastProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code holdfast cache} on a file with encrypted values. */
final class KeysTest {
  private static final String SECRET = "4711-secret";

  @TempDir
  Path directory;

  private Path file;
  private Path keyFile;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("cache.db");
    keyFile = directory.resolve("keys");
    keys(line("2025", 5));
    withCache(cache -> {
      cache.put("one", SECRET);
      cache.put("two", SECRET);
    });
  }

  private static String line(String id, int filling) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) filling);
    return id + ":" + Base64.getEncoder().encodeToString(key) + "\n";
  }

  private void keys(String lines) throws IOException {
    Files.writeString(keyFile, lines);
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
  }

  private void withCache(java.util.function.Consumer<Cache<String, String>> use) {
    Properties properties = new Properties();
    properties.setProperty(HoldfastProperties.ENCRYPTION_KEY_FILE, keyFile.toString());
    ClassLoader own = new ClassLoader(getClass().getClassLoader()) {};
    try (CachingProvider provider =
        Caching.getCachingProvider("io.holdfast.jcache.HoldfastCachingProvider", own)) {
      use.accept(provider
          .getCacheManager(file.toUri(), own, properties)
          .createCache(
              "words",
              HoldfastConfiguration.builder(new MutableConfiguration<String, String>()
                      .setTypes(String.class, String.class))
                  .build()));
    }
  }

  private Shell run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "cache";
    all[1] = file.toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Shell.run(all);
  }

  @Test
  void get_anEncryptedValue_showsItToWhoHasTheKeys() {
    assertThat(run("get", "one").out()).contains("(encrypted)").doesNotContain(SECRET);
    assertThat(run("get", "one", "--key-file", keyFile.toString()).out()).contains(SECRET);
    assertThat(run("list").out()).contains("one").contains("two");
  }

  @Test
  void rekey_afterALineWasAdded_makesTheFirstOneNeedless() throws IOException {
    assertThat(run("keys").out()).contains("2025");
    keys(line("2025", 5) + line("2026", 6));

    Shell rekey = run("rekey", "--key-file", keyFile.toString());

    assertThat(rekey.exitCode()).as(rekey.err()).isZero();
    assertThat(rekey.out()).contains("words: 2 encrypted anew, 0 could not be decrypted.");
    assertThat(run("keys").out()).contains("2026").doesNotContain("2025");
    keys(line("2026", 6));
    withCache(cache -> assertThat(cache.get("one")).isEqualTo(SECRET));
  }

  @Test
  void rekey_withoutTheKeyBefore_saysWhatIsLeft() throws IOException {
    keys(line("2026", 6));
    Shell rekey = run("rekey", "--key-file", keyFile.toString());
    assertThat(rekey.exitCode()).isEqualTo(HoldfastCommand.INCOMPLETE);
    assertThat(rekey.out()).contains("words: 0 encrypted anew, 2 could not be decrypted.");
    assertThat(run("keys").out()).contains("2025");
  }

  @Test
  void rekey_withAKeyFileThatOthersCanRead_isRefused() throws IOException {
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-r--r--"));
    Shell rekey = run("rekey", "--key-file", keyFile.toString());
    assertThat(rekey.exitCode()).isEqualTo(2);
    assertThat(rekey.err()).contains(keyFile.toString()).contains("chmod 600");
  }

  /** Values stay bound to their rows: cache, key and version go with them. */
  @Test
  void exportAndImport_ofEncryptedValues_keepThemReadableWithTheKeys() {
    Path export = directory.resolve("export.jsonl");
    assertThat(run("export", export.toString()).exitCode()).isZero();
    assertThat(export).content().doesNotContain(SECRET);
    file = directory.resolve("other.db");
    Shell imported = run("import", export.toString());
    assertThat(imported.exitCode()).as(imported.err()).isZero();
    withCache(cache -> assertThat(cache.get("two")).isEqualTo(SECRET));
  }
}
