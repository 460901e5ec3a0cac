package io.holdfast.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a store's files are when it is asked. */
public enum WorkingSet {
  /** In the file system's cache, as after it was filled. */
  IN_MEMORY {
    @Override
    void prepare(Path directory) {}
  },
  /**
   * On the disk alone when a round begins, as where there are more data than memory. What a process has
   * mapped stays, so stores that map their files are not measured by this. By {@code dd} of GNU's core
   * utilities, as Java has no such call.
   *
   * @see <a href="https://man7.org/linux/man-pages/man2/posix_fadvise.2.html">posix_fadvise</a>
   */
  ON_DISK {
    @Override
    void prepare(Path directory) throws IOException, InterruptedException {
      List<Path> files;
      try (Stream<Path> all = Files.walk(directory)) {
        files = all.filter(Files::isRegularFile).toList();
      }
      for (Path file : files) {
        forget(file);
      }
    }
  };

  abstract void prepare(Path directory) throws IOException, InterruptedException;

  // In a process of its own also because closing a file here would drop SQLite's locks on it.
  private static void forget(Path file) throws IOException, InterruptedException {
    Process dd = new ProcessBuilder(
            "dd",
            "of=" + file,
            "oflag=nocache",
            "conv=notrunc,nocreat,fdatasync",
            "count=0",
            "status=none")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    if (dd.waitFor() != 0 && Files.exists(file)) {
      throw new IOException("dd cannot drop " + file + " from the file system's cache");
    }
  }
}
