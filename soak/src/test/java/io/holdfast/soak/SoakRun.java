package io.holdfast.soak;

import io.holdfast.store.CacheFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Lets the processes work, kills them, looks over their shoulders and judges what is left. */
final class SoakRun {
  private static final long TICK_MILLIS = 50;
  private static final List<SoakFile> FILES = List.of(SoakFile.values());

  private final Path directory;
  private final SoakPlan plan;
  private final SplittableRandom random;
  private final Tallies tallies = new Tallies();
  private final Board board;
  private final Map<SoakFile, ForeignReader> readers = new EnumMap<>(SoakFile.class);
  private final CommandLine commands;
  private final ChildProcess[] children = new ChildProcess[Owner.PROCESSES];
  private final List<SoakReport.Sample> samples = new ArrayList<>();

  private int kills;
  private int scans;
  private int backups;
  private final FaultyWorld faults;
  private long scannedRows;
  private boolean wasKilled;
  private long sampledOperations;
  private long sampledNanos;

  SoakRun(Path directory, SoakPlan plan) throws IOException {
    this.directory = directory;
    this.plan = plan;
    this.random = new SplittableRandom(plan.seed());
    this.board = Board.in(directory);
    this.commands = new CommandLine(directory, tallies);
    this.faults = new FaultyWorld(directory, random.split());
    for (SoakFile file : FILES) {
      readers.put(file, new ForeignReader(file, directory, board, tallies));
    }
  }

  /** Runs to the end; findings are in the report, not thrown. */
  SoakReport run() throws Exception {
    long startNanos = System.nanoTime();
    try (Database database = Database.start()) {
      try {
        for (int i = 0; i < children.length; i++) {
          start(i, database);
        }
        awaitAllReady();
        work(database);
        for (ChildProcess child : children) {
          child.stop();
        }
      } finally {
        for (ChildProcess child : children) {
          if (child != null) {
            child.kill();
          }
        }
      }
    }
    judgeTheEnd();
    return report(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos));
  }

  private void start(int number, Database database) throws IOException {
    children[number] =
        ChildProcess.start(number, directory, database.port(), random.nextLong(), tallies);
  }

  private void awaitAllReady() throws InterruptedException {
    long startNanos = System.nanoTime();
    while (!areAllReady()) {
      if (System.nanoTime() - startNanos > TimeUnit.SECONDS.toNanos(120)
          || !children[0].isAlive()
          || !children[1].isAlive()) {
        throw new IllegalStateException("the processes do not start, see the logs in " + directory);
      }
      for (ChildProcess child : children) {
        child.awaitReady(TICK_MILLIS);
      }
    }
  }

  private boolean areAllReady() {
    return children[0].isReady() && children[1].isReady();
  }

  private void work(Database database) throws Exception {
    long startNanos = System.nanoTime();
    sampledNanos = startNanos;
    sampledOperations = tallies.operations();
    long nextKillMillis = pauseBeforeKill();
    long nextScanMillis = plan.scanEveryMillis();
    long nextBackupMillis = plan.backupEveryMillis();
    long nextSampleMillis = plan.sampleEveryMillis();
    long nextFaultMillis = plan.faultEveryMillis();
    long nowMillis = 0;
    while (nowMillis < plan.atLeast().toMillis() || kills < plan.minKills()) {
      if (!areAllReady()) {
        // On a busy machine a start takes long; what is to be killed shall have come to work.
        nextKillMillis = Math.max(nextKillMillis, nowMillis + plan.killEveryMillis() / 3);
      } else if (nowMillis >= nextKillMillis) {
        kill(database);
        nextKillMillis = nowMillis + pauseBeforeKill();
      }
      if (nowMillis >= nextScanMillis) {
        nextScanMillis = nowMillis + plan.scanEveryMillis();
        scan();
      }
      if (nowMillis >= nextBackupMillis) {
        nextBackupMillis = nowMillis + plan.backupEveryMillis();
        backUp();
      }
      if (nowMillis >= nextFaultMillis && areAllReady()) {
        nextFaultMillis = nowMillis + plan.faultEveryMillis();
        faults.next(someFile());
      }
      if (nowMillis >= nextSampleMillis) {
        nextSampleMillis = nowMillis + plan.sampleEveryMillis();
        sample(nowMillis);
      }
      requireAlive();
      // The pace of the kills and looks, not a wait for anything.
      Thread.sleep(TICK_MILLIS);
      nowMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }
    awaitAllReady();
  }

  private long pauseBeforeKill() {
    return random.nextLong(plan.killEveryMillis() / 2, plan.killEveryMillis() * 3 / 2);
  }

  /** Kills one of them and starts it again; now and then a second time, while it starts. */
  private void kill(Database database) throws Exception {
    int victim = random.nextInt(children.length);
    boolean isTwice;
    do {
      board.noteKill(victim);
      children[victim].kill();
      kills++;
      start(victim, database);
      isTwice = random.nextInt(5) == 0;
      if (isTwice) {
        // How far it has come by then is left to chance.
        Thread.sleep(random.nextLong(300, 3_000));
      }
    } while (isTwice);
    wasKilled = true;
  }

  private void requireAlive() {
    for (ChildProcess child : children) {
      if (!child.isAlive()) {
        throw new IllegalStateException(
            "a process ended by itself, see the logs in " + directory + "; " + tallies.findings());
      }
    }
  }

  private void sample(long nowMillis) throws IOException {
    long operations = tallies.operations();
    long nowNanos = System.nanoTime();
    double seconds = Math.max(0.001, (nowNanos - sampledNanos) / 1e9);
    samples.add(new SoakReport.Sample(
        nowMillis / 1e3,
        size(SoakFile.NORMAL.fileName),
        size(SoakFile.NORMAL.fileName + "-wal"),
        size(SoakFile.QUOTA.fileName),
        (operations - sampledOperations) / seconds,
        wasKilled));
    sampledOperations = operations;
    sampledNanos = nowNanos;
    wasKilled = false;
  }

  private long size(String name) throws IOException {
    Path file = directory.resolve(name);
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private void scan() throws SQLException {
    for (ForeignReader reader : readers.values()) {
      scannedRows += reader.scan();
      scans++;
    }
  }

  /** One file by somebody with a SQLite shell, one by our own command. */
  private void backUp() throws Exception {
    scannedRows += readers.get(someFile()).backup();
    SoakFile file = someFile();
    scannedRows += readers.get(file).backup(copy -> {
      commands.backup(file.in(directory), copy);
      commands.check(copy);
    });
    backups += 2;
  }

  private SoakFile someFile() {
    return FILES.get(random.nextInt(FILES.size()));
  }

  /** Nobody works any more: a foreign reader, the files' own check and new managers agree. */
  private void judgeTheEnd() throws Exception {
    for (SoakFile file : FILES) {
      scannedRows += readers.get(file).scanAtRest();
      scans++;
      readers.get(file).checkIntegrity();
      try (CacheFile open = CacheFile.openExisting(file.in(directory))) {
        open.check().forEach(tallies::report);
      }
    }
    commands.check(SoakFile.NORMAL.in(directory));
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      for (Area area : List.of(Area.ENTRIES, Area.FULL, Area.RELAXED)) {
        JudgedReads reads = new JudgedReads(
            caches.texts(area),
            board.ledger(area),
            JudgedReads.Absence.MUST_BE_EXPLAINED,
            new View(0, /* isStrict= */ true),
            new Latencies(),
            tallies);
        for (int key = 0; key < area.keys; key++) {
          reads.get(key);
        }
      }
    }
  }

  private SoakReport report(long seconds) throws IOException {
    var system = ManagementFactory.getOperatingSystemMXBean();
    String environment = String.format(
        Locale.ROOT,
        "%d processors, load %.1f at the end, JDK %s, %s",
        system.getAvailableProcessors(),
        system.getSystemLoadAverage(),
        Runtime.version(),
        system.getName());
    long ddl =
        board.ledger(Area.TABLES).acknowledged(0) + board.ledger(Area.TABLES).acknowledged(1);
    return new SoakReport(
        environment,
        seconds,
        tallies.operations(),
        ddl,
        kills,
        scans,
        scannedRows,
        backups,
        faults.locks(),
        faults.removedLogs(),
        faults.removedLogsMet(),
        tallies.findings(),
        tallies.latencies(),
        samples);
  }
}
