package io.holdfast.jcache;

import io.holdfast.encryption.EncryptionException;
import io.holdfast.encryption.KeyFile;
import io.holdfast.encryption.ValueKeys;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys of a manager's caches come from; from nowhere if both are null.
 *
 * @param keyFile the path of a key file
 * @param keysClass the name of a class of {@link ValueKeys}
 */
record KeySource(@Nullable String keyFile, @Nullable String keysClass) {

  KeySource {
    if (keyFile != null && keysClass != null) {
      throw new IllegalArgumentException(HoldfastProperties.ENCRYPTION_KEY_FILE + " and "
          + HoldfastProperties.ENCRYPTION_KEYS + " are both there; one of them has to go");
    }
  }

  /**
   * Reads the file or makes an object of the class; null if neither is named.
   *
   * @throws EncryptionException if that fails; names file or class, no keys
   */
  @Nullable
  ValueKeys open(@Nullable ClassLoader classLoader) {
    if (keyFile != null) {
      return KeyFile.open(Path.of(keyFile).toAbsolutePath());
    }
    return keysClass == null ? null : instance(keysClass, classLoader);
  }

  // The cause is left out of the message: a foreign constructor says in it what it likes.
  private static ValueKeys instance(String className, @Nullable ClassLoader classLoader) {
    try {
      Class<?> type = Class.forName(className, true, classLoader);
      return type.asSubclass(ValueKeys.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      throw new EncryptionException(
          HoldfastProperties.ENCRYPTION_KEYS + " must name a class of " + ValueKeys.class.getName()
              + " with a public constructor without parameters that works: " + className,
          e);
    }
  }
}
