package io.holdfast.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What goes wrong around the files while processes work on them, counted. */
final class FaultyWorld {
  /** Less than the processes wait for a lock. */
  private static final long LOCK_MILLIS = 1_000;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final String MET = "The log of the cache file ";

  private final Path directory;
  private final SplittableRandom random;
  private int locks;
  private int removedLogs;

  FaultyWorld(Path directory, SplittableRandom random) {
    this.directory = directory;
    this.random = random;
  }

  /** One fault at one file; returns when it is over. */
  void next(SoakFile kind) throws Exception {
    Path file = kind.in(directory);
    if (random.nextBoolean()) {
      holdTheLock(file);
    } else {
      removeTheLog(file, random.nextBoolean() ? List.of("-wal") : List.of("-wal", "-shm"));
    }
  }

  private void holdTheLock(Path file) throws SQLException, InterruptedException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 60000");
      statement.execute("BEGIN IMMEDIATE");
      locks++;
      Thread.sleep(random.nextLong(LOCK_MILLIS)); // how long it is held
      statement.execute("ROLLBACK");
    }
  }

  private void removeTheLog(Path file, List<String> suffixes) throws Exception {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    for (String suffix : suffixes) {
      Files.delete(file.resolveSibling(file.getFileName() + suffix));
    }
    removedLogs++;
    long startNanos = System.nanoTime();
    while (Files.notExists(log)) {
      if (System.nanoTime() - startNanos > PATIENCE_NANOS) {
        throw new IllegalStateException("nobody noticed that " + log + " is gone");
      }
      Thread.sleep(5);
    }
    // Who has not left the old log yet does so within a tenth of a second; a kill of all in it
    // would lose it.
    Thread.sleep(1_000);
  }

  int locks() {
    return locks;
  }

  int removedLogs() {
    return removedLogs;
  }

  /** How often a process said that it left a removed log. */
  long removedLogsMet() throws IOException {
    long met = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        try (Stream<String> lines = Files.lines(log)) {
          met += lines.filter(line -> line.contains(MET)).count();
        }
      }
    }
    return met;
  }
}
