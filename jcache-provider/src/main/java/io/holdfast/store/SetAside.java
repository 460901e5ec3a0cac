package io.holdfast.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Renames a damaged file with its log and the log's index, in their directory and with their mode. What
 * has them open goes on with the renamed ones. Nothing is ever deleted, so there is a limit to how many
 * are kept before a person has to look.
 */
final class SetAside {
  /** Damage that returns so often is not cured by one more fresh file. */
  static final int MOST_FILES = 10;

  private static final Logger logger = System.getLogger(SetAside.class.getName());
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String MARK = ".corrupt-";
  private static final List<String> LOG_PARTS = List.of("-wal", "-shm", "-changes");

  private SetAside() {}

  /**
   * Sets a damaged file aside.
   *
   * @return its new name
   * @throws StoreException if it cannot be renamed, or too many are there already; it stays in its place
   */
  static Path damaged(Path file, long nowMillis, Throwable damage) {
    if (beside(file).size() >= MOST_FILES) {
      throw new StoreException(
          "set aside a damaged cache file (" + MOST_FILES
              + " are there already; look at them, then move them away)",
          file,
          damage);
    }
    Path aside = freeName(file, nowMillis);
    // The file first: whoever opens the name next must not find it without its log.
    move(file, aside, damage);
    moveLog(file, aside, damage);
    logger.log(
        Level.WARNING,
        () -> "The cache file " + file + " is damaged (" + damage.getMessage()
            + "). It was set aside as " + aside + " with its log, and the caches go on empty in a"
            + " fresh file. What is in it may be salvaged with: sqlite3 " + aside + " .recover");
    return aside;
  }

  /**
   * Moves a log away whose file is gone or empty: it belongs to another file, which may still be in use,
   * and a new file must share neither the log nor its index.
   */
  static void strayLog(Path file, long nowMillis) {
    if (deleteEmptyLog(file)) {
      return;
    }
    Path aside = freeName(file, nowMillis);
    moveLog(file, aside, new IOException("its file is gone"));
    logger.log(
        Level.WARNING,
        () -> "There is a log of a cache file " + file
            + " that is gone or empty. It was set aside as " + sibling(aside, "-wal"));
  }

  // The other parts hold nothing that the log does not.
  private static boolean deleteEmptyLog(Path file) {
    Path log = sibling(file, "-wal");
    try {
      if (Files.exists(log) && Files.size(log) > 0) {
        return false;
      }
      for (String part : LOG_PARTS) {
        Files.deleteIfExists(sibling(file, part));
      }
      return true;
    } catch (IOException e) {
      throw new StoreException("remove the empty log of a file that is gone", file, e);
    }
  }

  /** The files that were set aside in the place of this one, the oldest first. */
  static List<Path> beside(Path file) {
    List<Path> found = new ArrayList<>();
    String prefix = file.getFileName() + MARK;
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      return found;
    }
    try (DirectoryStream<Path> siblings = Files.newDirectoryStream(
        directory, candidate -> isSetAside(candidate.getFileName().toString(), prefix))) {
      siblings.forEach(found::add);
    } catch (IOException e) {
      logger.log(Level.DEBUG, () -> "The directory " + directory + " cannot be listed", e);
    }
    found.sort(null);
    return found;
  }

  private static boolean isSetAside(String name, String prefix) {
    return name.startsWith(prefix)
        && !name.endsWith(OpenLock.SUFFIX)
        && LOG_PARTS.stream().noneMatch(name::endsWith);
  }

  private static Path freeName(Path file, long nowMillis) {
    String name = MARK + STAMP.format(Instant.ofEpochMilli(nowMillis));
    Path free = sibling(file, name);
    for (int i = 2; isTaken(free); i++) {
      free = sibling(file, name + "-" + i);
    }
    return free;
  }

  private static boolean isTaken(Path name) {
    return Files.exists(name)
        || LOG_PARTS.stream().anyMatch(part -> Files.exists(sibling(name, part)));
  }

  private static void moveLog(Path file, Path aside, Throwable reason) {
    for (String part : LOG_PARTS) {
      if (Files.exists(sibling(file, part))) {
        move(sibling(file, part), sibling(aside, part), reason);
      }
    }
  }

  private static void move(Path from, Path to, Throwable reason) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      e.addSuppressed(reason);
      throw new StoreException("set aside a damaged cache file as " + to.getFileName(), from, e);
    }
  }

  private static Path sibling(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
