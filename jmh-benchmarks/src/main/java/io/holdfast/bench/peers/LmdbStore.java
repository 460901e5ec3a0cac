package io.holdfast.bench.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/** LMDB; arrays of bytes, for the buffers of its binding need the JVM opened by hand. */
final class LmdbStore implements TextStore {

  private static final long MAP_BYTES = 4L << 30;

  private final Env<byte[]> environment;
  private final Dbi<byte[]> database;

  LmdbStore(Path directory) {
    environment = Env.create(ByteArrayProxy.PROXY_BA)
        .setMapSize(MAP_BYTES)
        .open(directory.resolve("lmdb").toFile(), EnvFlags.MDB_NOSYNC, EnvFlags.MDB_NOSUBDIR);
    database = environment.openDbi("bench".getBytes(UTF_8), DbiFlags.MDB_CREATE);
  }

  @Override
  public @Nullable String get(String key) {
    try (Txn<byte[]> reading = environment.txnRead()) {
      byte[] value = database.get(reading, key.getBytes(UTF_8));
      return value == null ? null : new String(value, UTF_8);
    }
  }

  @Override
  public void put(String key, String value) {
    database.put(key.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  @Override
  public void close() {
    environment.close();
  }
}
