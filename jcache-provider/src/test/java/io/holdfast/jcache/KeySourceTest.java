package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.encryption.Keys;
import io.holdfast.encryption.ValueKey;
import io.holdfast.encryption.ValueKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.ehcache.core.spi.time.SystemTimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the keys of encrypted values come from, and what becomes of a cache that gets none. */
final class KeySourceTest {
  private static final String SECRET = "4711-secret-of-nobody-else";
  private static final ValueKeys KEYS = ValueKeys.of(Keys.key("2026", 6));

  /** A provider named by its class. */
  public static final class NamedKeys implements ValueKeys, AutoCloseable {
    static final AtomicInteger CLOSED = new AtomicInteger();

    @Override
    public ValueKey current() {
      return KEYS.current();
    }

    @Override
    public ValueKey find(String id) {
      return KEYS.find(id);
    }

    @Override
    public void close() {
      CLOSED.incrementAndGet();
    }
  }

  @TempDir
  Path directory;

  private EncryptionFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EncryptionFixture(directory, KEYS);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void keyFile_ofTheManager_encryptsAllItsCaches() throws IOException {
    Path keyFile = directory.resolve("keys");
    Files.writeString(keyFile, Keys.line("2026", 6));
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
    usesManagerWith(HoldfastProperties.ENCRYPTION_KEY_FILE, keyFile.toString());
  }

  @Test
  void keysClass_ofTheManager_encryptsAllItsCachesAndIsClosed() throws IOException {
    int closedBefore = NamedKeys.CLOSED.get();
    usesManagerWith(HoldfastProperties.ENCRYPTION_KEYS, NamedKeys.class.getName());
    fixture.close();
    assertThat(NamedKeys.CLOSED.get()).isEqualTo(closedBefore + 1);
  }

  private void usesManagerWith(String property, String value) throws IOException {
    fixture.close();
    Properties properties = new Properties();
    properties.setProperty(property, value);
    fixture = new EncryptionFixture(directory, KEYS, properties, SystemTimeSource.INSTANCE);
    Cache<String, String> cache = fixture.managers().words();
    cache.put("key", SECRET);
    assertThat(cache.get("key")).isEqualTo(SECRET);
    assertThat(fixture.filesWith(SECRET)).isEmpty();
    assertThat(cache.unwrap(Encryption.class).rowsByKeyId()).isEqualTo(Map.of("2026", 1L));
  }

  @Test
  void settings_thatGiveNoKeys_areRefusedBeforeAnythingIsWritten() {
    assertRefused(
        Map.of(HoldfastProperties.ENCRYPTION_KEYS, "com.acme.Missing"), "com.acme.Missing");
    assertRefused(
        Map.of(HoldfastProperties.ENCRYPTION_KEYS, String.class.getName()), "java.lang.String");
    assertRefused(
        Map.of(HoldfastProperties.ENCRYPTION_KEY_FILE, directory.resolve("none").toString()),
        "none");
    assertRefused(
        Map.of(
            HoldfastProperties.ENCRYPTION_KEY_FILE, "keys",
            HoldfastProperties.ENCRYPTION_KEYS, "com.acme.Keys"),
        "both");
    assertThat(fixture.managers().file()).doesNotExist();
  }

  private void assertRefused(Map<String, String> settings, String named) {
    Properties properties = new Properties();
    properties.putAll(settings);
    assertThatThrownBy(() -> {
          try (var refused = new ManagerFixture(directory, properties)) {
            refused.words();
          }
        })
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(named);
  }

  @Test
  void configuration_serialisedInBetween_isRefusedRatherThanInPlain() throws Exception {
    HoldfastConfiguration<String, String> configuration =
        fixture.configuration(String.class, String.class).build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(configuration);
    }
    HoldfastConfiguration<?, ?> read;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      read = (HoldfastConfiguration<?, ?>) in.readObject();
    }
    assertThatThrownBy(() -> fixture.managers().manager().createCache("words", read))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("encryptedWith");
  }

  @Test
  void unwrap_ofACacheInPlain_hasNoEncryption() {
    Cache<String, String> plain = fixture.managers().words();
    assertThatThrownBy(() -> plain.unwrap(Encryption.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void put_whileThereIsNoCurrentKey_failsAndChangesNothing() {
    Cache<String, String> cache = fixture.words();
    cache.put("key", "before");
    fixture.use(new ValueKeys() {
      @Override
      public ValueKey current() {
        throw new IllegalStateException("out of reach");
      }

      @Override
      public ValueKey find(String id) {
        return KEYS.find(id);
      }
    });
    assertThatThrownBy(() -> cache.put("key", "after")).isInstanceOf(CacheException.class);
    assertThat(cache.get("key")).isEqualTo("before");
  }
}
