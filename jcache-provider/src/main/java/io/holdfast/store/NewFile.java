package io.holdfast.store;

import io.holdfast.store.CacheFile.IfPresent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file in the making: beside its place, readable for its owner only, and given its name when it is whole
 * and on the disk. Closed before that, it is gone.
 */
final class NewFile implements AutoCloseable {
  private final Path target;
  private final IfPresent ifPresent;
  private final Path part;

  private NewFile(Path target, IfPresent ifPresent, Path part) {
    this.target = target;
    this.ifPresent = ifPresent;
    this.part = part;
  }

  /**
   * Makes an empty file to be filled.
   *
   * @throws StoreException if the target is there and not to be replaced, or seems to be in use
   */
  static NewFile create(Path wanted, IfPresent ifPresent) {
    Path target = wanted.toAbsolutePath().normalize();
    requireFreeName(target, ifPresent);
    Path directory = target.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new StoreException(
          "Could not create " + target + ": there is no directory " + directory, target);
    }
    try {
      // Java makes temporary files readable for their owner only.
      Path part = Files.createTempFile(directory, target.getFileName() + "-", ".part");
      return new NewFile(target, ifPresent, part);
    } catch (IOException e) {
      throw new StoreException("create a file", target, e);
    }
  }

  private static void requireFreeName(Path target, IfPresent ifPresent) {
    // The log of an old file beside a new one would damage it.
    for (String suffix : new String[] {"-wal", "-journal"}) {
      Path log = target.resolveSibling(target.getFileName() + suffix);
      if (Files.exists(log)) {
        throw new StoreException(
            target + " is in use, or was not closed: " + log.getFileName()
                + " is beside it. It was left as it is.",
            target);
      }
    }
    if (!Files.exists(target)) {
      return;
    }
    if (ifPresent == IfPresent.REFUSE) {
      throw isThere(target);
    }
    if (!Files.isRegularFile(target)) {
      throw new StoreException(target + " is not a file. It was left as it is.", target);
    }
  }

  private static StoreException isThere(Path target) {
    return new StoreException(target + " is there already. It was left as it is.", target);
  }

  /** Where to write. */
  Path part() {
    return part;
  }

  /** Forces what was written to the disk and gives it its name. */
  void publish() {
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      requireFreeName(target, ifPresent);
      if (ifPresent == IfPresent.REPLACE) {
        Files.move(
            part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        publishWhereNothingIs();
      }
    } catch (IOException e) {
      throw new StoreException("put a new file in its place", target, e);
    }
  }

  // A link fails where somebody else made the target meanwhile; a move would replace it.
  private void publishWhereNothingIs() throws IOException {
    try {
      Files.createLink(target, part);
    } catch (FileAlreadyExistsException e) {
      throw isThere(target);
    } catch (UnsupportedOperationException noHardLinks) {
      Files.move(part, target);
    }
  }

  @Override
  public void close() {
    for (String suffix :
        new String[] {"", "-wal", "-shm", "-journal", "-changes", OpenLock.SUFFIX}) {
      try {
        Files.deleteIfExists(part.resolveSibling(part.getFileName() + suffix));
      } catch (IOException leftBehind) {
        // Its name says ".part"; what mattered is done, or its failure is on its way.
      }
    }
  }
}
