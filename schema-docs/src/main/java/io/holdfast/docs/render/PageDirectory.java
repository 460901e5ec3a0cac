package io.holdfast.docs.render;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The directory of the pages. A page appears whole or not at all, an unchanged page keeps its file
 * and its time, and a page whose table is gone is removed; files of others are left alone, which is
 * what the list of pages in {@code .holdfast-pages} is for.
 */
public final class PageDirectory {
  private static final String LIST = ".holdfast-pages";

  private final Path directory;
  private final Set<String> written = new TreeSet<>();

  /**
   * Makes the directory where it is missing.
   *
   * @throws IOException if it cannot be made or nothing can be written there; nothing is left behind
   */
  public PageDirectory(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    // Asking the disk is the only sure way: access rights say nothing about a read-only mount.
    Files.delete(Files.createTempFile(directory, ".holdfast-", ".tmp"));
  }

  /** Writes one page, unless it is there with the same text. */
  public void write(String file, String text) throws IOException {
    written.add(file);
    writeAtomically(directory.resolve(file), text);
  }

  /** Keeps a page of an earlier run, whose table could not be documented this time. */
  public void keep(String file) {
    written.add(file);
  }

  /** Removes the pages of an earlier run that this one did not write. */
  public void removeOthers() throws IOException {
    Path list = directory.resolve(LIST);
    if (Files.exists(list)) {
      List<String> before = new ArrayList<>(Files.readAllLines(list));
      before.removeAll(new HashSet<>(written));
      for (String file : before) {
        // Only plain names: the list may have been edited.
        if (file.endsWith(".md") && Path.of(file).getNameCount() == 1) {
          Files.deleteIfExists(directory.resolve(file));
        }
      }
    }
    writeAtomically(list, String.join("\n", written) + "\n");
  }

  private void writeAtomically(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return;
    }
    // A plain file, not a temporary one: pages are as readable as the umask says.
    Path draft = directory.resolve(".holdfast-" + UUID.randomUUID() + ".tmp");
    try {
      Files.write(draft, bytes);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
