package io.holdfast.bench.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** RocksDB with its defaults. */
final class RocksDbStore implements TextStore {

  private final Options options;
  private final RocksDB database;

  RocksDbStore(Path directory) throws RocksDBException {
    RocksDB.loadLibrary();
    options = new Options().setCreateIfMissing(true);
    database = RocksDB.open(options, directory.resolve("rocksdb").toString());
  }

  @Override
  public @Nullable String get(String key) throws RocksDBException {
    byte[] value = database.get(key.getBytes(UTF_8));
    return value == null ? null : new String(value, UTF_8);
  }

  @Override
  public void put(String key, String value) throws RocksDBException {
    database.put(key.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  @Override
  public void close() {
    database.close();
    options.close();
  }
}
