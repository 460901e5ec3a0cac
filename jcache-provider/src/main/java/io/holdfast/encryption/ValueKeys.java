package io.holdfast.encryption;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys of encrypted values come from. To rotate, give another key as the current one and go on
 * finding those before it until no row needs them.
 *
 * <p>Both methods are called from many threads, {@code current} for each value that is written and {@code
 * find} for each that is read from the file, under the lock of the entry: they answer from memory. A
 * provider that is configured by its class name has a public constructor without parameters; if it is
 * {@link AutoCloseable}, it is closed with the cache manager.
 */
public interface ValueKeys {

  /**
   * The key to encrypt with from now on. All processes that share a file must find it before one of them
   * encrypts with it.
   *
   * @throws RuntimeException if there is none at the moment: the write fails and changes nothing
   */
  ValueKey current();

  /**
   * The key of this id, or null if it is not known here. Values under a key that is not known count as
   * absent, and are there again once it is; so they do if this throws.
   */
  @Nullable
  ValueKey find(String id);

  /**
   * Keys that never change.
   *
   * @param current encrypts
   * @param earlier decrypt what was written before
   */
  static ValueKeys of(ValueKey current, ValueKey... earlier) {
    Map<String, ValueKey> known = new LinkedHashMap<>();
    for (ValueKey key : earlier) {
      known.put(key.id(), key);
    }
    known.put(current.id(), current);
    return new FixedKeys(current, Map.copyOf(known));
  }
}
