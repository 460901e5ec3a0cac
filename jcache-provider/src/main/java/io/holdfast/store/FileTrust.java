package io.holdfast.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who else can get at a cache file: links that others laid, files that others own, directories that
 * others may write. Refuses what only an attack explains, and warns of what may be meant.
 *
 * <p>Looks once, when the file is opened. Between the look and SQLite's own opening only those can
 * change something who may write the directory, which is what the warning about it says. Does nothing
 * where the file system has no owners and modes as POSIX has them.
 */
final class FileTrust {
  private static final Logger logger = System.getLogger(FileTrust.class.getName());
  private static final List<String> SIDECARS =
      List.of("-wal", "-shm", "-journal", "-changes", OpenLock.SUFFIX);
  private static final Path OWN_PROCESS = Path.of("/proc/self");

  private final Path file;
  private final PosixFileAttributes attributes;
  private final @Nullable UserPrincipal self;

  private FileTrust(Path file) throws IOException {
    this.file = file;
    this.attributes = read(file);
    this.self = self(file);
  }

  /**
   * Refuses a name that is a link which neither this user, nor root, nor the owner of the directory laid.
   *
   * @throws StoreException if it is such a link; nothing was opened
   */
  static void requireOwnLink(Path name) {
    Path directory = name.getParent();
    if (directory == null || !Files.isSymbolicLink(name) || !hasPosix(name)) {
      return;
    }
    try {
      UserPrincipal owner = read(name).owner();
      if (!isTrusted(owner, self(name)) && !owner.equals(Files.getOwner(directory))) {
        throw new StoreException(
            name + " is a symbolic link of another user (" + owner.getName() + ")", name);
      }
    } catch (IOException e) {
      throw new StoreException("read the attributes", name, e);
    }
  }

  /**
   * Looks at a file that exists, links resolved, and at what lies beside it.
   *
   * @throws StoreException if SQLite would follow a link to a log, or use the log of another user; both
   *     were left untouched
   */
  static void check(Path file) {
    if (!hasPosix(file)) {
      return;
    }
    try {
      FileTrust trust = new FileTrust(file);
      for (String suffix : SIDECARS) {
        trust.checkSidecar(file.resolveSibling(file.getFileName() + suffix));
      }
      trust.warnOfOthers();
    } catch (IOException e) {
      throw new StoreException("read the attributes", file, e);
    }
  }

  private void checkSidecar(Path sidecar) throws IOException {
    if (!Files.exists(sidecar, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    PosixFileAttributes found = read(sidecar);
    if (!found.isRegularFile()) {
      throw new StoreException(
          sidecar + " is not a file, so " + file
              + " is not opened; no link or directory may stand there",
          file);
    }
    if (!isTrusted(found.owner(), self) && !found.owner().equals(attributes.owner())) {
      throw new StoreException(
          sidecar + " belongs to another user (" + found.owner().getName() + "), so " + file
              + " is not opened",
          file);
    }
  }

  private void warnOfOthers() throws IOException {
    if (self != null && !isTrusted(attributes.owner(), self)) {
      warn("belongs to another user, who can read and change what is cached");
    }
    Set<PosixFilePermission> permissions = attributes.permissions();
    if (permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      warn("can be read or written by every user; chmod 600 it");
    }
    Path directory = file.getParent();
    if (directory != null && isOpenToAll(directory)) {
      warn("is in a directory where every user may replace files; use one of your own");
    }
  }

  private void warn(String what) {
    logger.log(Level.WARNING, () -> "The cache file " + file + " " + what);
  }

  private static boolean isOpenToAll(Path directory) throws IOException {
    int mode = (Integer) Files.getAttribute(directory, "unix:mode");
    boolean othersWrite = (mode & 0002) != 0;
    boolean isSticky = (mode & 01000) != 0;
    return othersWrite && !isSticky;
  }

  private static PosixFileAttributes read(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean hasPosix(Path path) {
    Set<String> views = path.getFileSystem().supportedFileAttributeViews();
    return views.contains("posix") && views.contains("unix");
  }

  private static boolean isTrusted(UserPrincipal owner, @Nullable UserPrincipal self) {
    return self == null || owner.equals(self) || owner.getName().equals("root");
  }

  // The name of the user says nothing in a container whose user has no name.
  private static @Nullable UserPrincipal self(Path path) {
    try {
      if (Files.exists(OWN_PROCESS)) {
        return Files.getOwner(OWN_PROCESS);
      }
      return path.getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName(System.getProperty("user.name", ""));
    } catch (IOException | UnsupportedOperationException unknown) {
      return null;
    }
  }
}
