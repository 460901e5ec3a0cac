package io.holdfast.jcache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.encryption.ValueKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.ehcache.core.spi.time.SystemTimeSource;
import org.ehcache.core.spi.time.TimeSource;

/** A manager, keys that a test may change, and a look into the files behind it. */
final class EncryptionFixture implements AutoCloseable {
  private final Path directory;
  private final ManagerFixture managers;
  private volatile ValueKeys keys;

  /** What {@link #keys} are at each moment. */
  private final ValueKeys changing = new ValueKeys() {
    @Override
    public io.holdfast.encryption.ValueKey current() {
      return keys.current();
    }

    @Override
    public io.holdfast.encryption.ValueKey find(String id) {
      return keys.find(id);
    }
  };

  EncryptionFixture(Path directory, ValueKeys keys) {
    this(directory, keys, new Properties(), SystemTimeSource.INSTANCE);
  }

  EncryptionFixture(Path directory, ValueKeys keys, Properties properties, TimeSource clock) {
    this.directory = directory;
    this.keys = keys;
    this.managers = new ManagerFixture(directory, properties, clock);
  }

  void use(ValueKeys other) {
    keys = other;
  }

  ManagerFixture managers() {
    return managers;
  }

  <K, V> HoldfastConfiguration.Builder<K, V> configuration(Class<K> keyType, Class<V> valueType) {
    return HoldfastConfiguration.builder(keyType, valueType).encryptedWith(changing);
  }

  <V> Cache<String, V> encrypted(String name, Class<V> valueType) {
    return managers
        .manager()
        .createCache(name, configuration(String.class, valueType).build());
  }

  /** An encrypted cache of strings whose heap holds one entry only, so that reads go to the file. */
  Cache<String, String> words() {
    return managers
        .manager()
        .createCache(
            "words", configuration(String.class, String.class).heapEntries(1).build());
  }

  /** Closes all and opens the manager again. */
  void reopen() {
    managers.reopen();
  }

  int sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + managers.file());
        Statement execution = connection.createStatement()) {
      return execution.executeUpdate(statement);
    }
  }

  String query(String select) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + managers.file());
        Statement execution = connection.createStatement();
        ResultSet row = execution.executeQuery(select)) {
      row.next();
      return row.getString(1);
    }
  }

  /** The files in which these bytes stand, the log and all others beside the cache file included. */
  List<String> filesWith(String text) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (contains(Files.readAllBytes(file), text.getBytes(UTF_8))) {
          found.add(file.getFileName().toString());
        }
      }
    }
    return found;
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int at = 0; at <= bytes.length - wanted.length; at++) {
      int same = 0;
      while (same < wanted.length && bytes[at + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    managers.close();
  }
}
