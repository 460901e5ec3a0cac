package io.holdfast.jcache;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Properties;
import javax.cache.CacheException;

/** Which file a manager's URI names (design D3). Looks at names only, never at the disk. */
final class CacheFileLocation {
  private static final String DEFAULT_FILE = "holdfast.db";

  private CacheFileLocation() {}

  /**
   * Returns the file: that of a {@code file:} URI; for the default URI that of {@code holdfast.file},
   * else {@code holdfast.db} in the working directory. The manager's Properties may name a file for
   * any URI.
   *
   * @throws CacheException if the URI names no file
   */
  static Path of(URI uri, Properties properties) {
    if ("file".equalsIgnoreCase(uri.getScheme())) {
      return ofFileUri(uri);
    }
    if (uri.equals(HoldfastCachingProvider.DEFAULT_URI)) {
      String file = ManagerSettings.find(properties, HoldfastProperties.FILE);
      return path(uri, file == null ? DEFAULT_FILE : file);
    }
    String file = properties.getProperty(HoldfastProperties.FILE);
    if (file == null || file.isBlank()) {
      throw new CacheException("The URI "
          + uri
          + " names no cache file: use file:///path/to/cache.db, the default URI "
          + HoldfastCachingProvider.DEFAULT_URI
          + ", or name the file in the property "
          + HoldfastProperties.FILE
          + " of this manager");
    }
    return path(uri, file.strip());
  }

  private static Path ofFileUri(URI uri) {
    if (uri.getPath() == null || uri.getPath().endsWith("/")) {
      throw new CacheException(
          "The URI " + uri + " names no cache file: file:///path/to/cache.db does");
    }
    try {
      return Path.of(uri).toAbsolutePath().normalize();
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new CacheException("The URI " + uri + " names no cache file: " + e.getMessage(), e);
    }
  }

  private static Path path(URI uri, String file) {
    try {
      return Path.of(file).toAbsolutePath().normalize();
    } catch (IllegalArgumentException e) {
      throw new CacheException(
          "The property " + HoldfastProperties.FILE + " for " + uri + " is no path: " + file, e);
    }
  }
}
