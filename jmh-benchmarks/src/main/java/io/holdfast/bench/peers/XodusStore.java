package io.holdfast.bench.peers;

import java.nio.file.Path;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.bindings.StringBinding;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import org.jspecify.annotations.Nullable;

/** A store of Xodus with its defaults. */
final class XodusStore implements TextStore {

  private final Environment environment;
  private final Store store;

  XodusStore(Path directory) {
    environment = Environments.newInstance(directory.resolve("xodus").toFile());
    store = environment.computeInTransaction(
        transaction -> environment.openStore("bench", StoreConfig.WITHOUT_DUPLICATES, transaction));
  }

  @Override
  public @Nullable String get(String key) {
    ByteIterable entry = StringBinding.stringToEntry(key);
    return environment.computeInReadonlyTransaction(transaction -> {
      ByteIterable value = store.get(transaction, entry);
      return value == null ? null : StringBinding.entryToString(value);
    });
  }

  @Override
  public void put(String key, String value) {
    environment.executeInTransaction(transaction -> store.put(
        transaction, StringBinding.stringToEntry(key), StringBinding.stringToEntry(value)));
  }

  @Override
  public void close() {
    environment.close();
  }
}
