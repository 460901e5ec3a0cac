package io.holdfast.response;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of what was spent and saved, a line of JSON for each account and some minutes. Several response caches
 * and processes may write into one. No keys, no answers, no tenants.
 */
public final class Ledger {

  private Ledger() {}

  /**
   * All entries, in the order they were written. Lines that are no entries are left out.
   *
   * @throws IOException if there is no such file, or it cannot be read
   */
  public static List<LedgerEntry> read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.map(LedgerText::parse).flatMap(Optional::stream).toList();
    }
  }

  /** Appends entries, making the file, its owner's alone, where it is missing. */
  static void append(Path file, List<LedgerEntry> entries) throws IOException {
    // Begins with a new line, so that one torn by a process that died spoils none of these.
    String lines =
        entries.stream().map(LedgerText::line).collect(Collectors.joining("\n", "\n", "\n"));
    try (FileChannel out = FileChannel.open(
        file,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            LinkOption.NOFOLLOW_LINKS),
        ownerOnly(file))) {
      // One write: what several processes append at a time does not mix.
      ByteBuffer left = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
      while (left.hasRemaining()) {
        out.write(left);
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) throws IOException {
    boolean posix =
        Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
