package io.holdfast.jmx;

import io.holdfast.jcache.spi.MonitoredFile;
import io.holdfast.store.SetAsides;
import io.holdfast.store.StoreStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.ObjectName;

/** Reads a cache file's counters, and has it do what a client asks for. */
final class CacheFileBean implements CacheFileMXBean, Registry.Bean {

  private static final StoreStatistics NOTHING = StoreStatistics.NONE;

  private final String path;
  private final Reading<MonitoredFile, StoreStatistics> statistics;
  private final Reading<MonitoredFile, SetAsides> setAsides;

  private final Acting<MonitoredFile> acting;
  private final Permissions permissions;
  private final FileNotices notices;

  CacheFileBean(MonitoredFile file, Permissions permissions, Sampler sampler) {
    this.permissions = permissions;
    this.acting = new Acting<>(file, "cache file " + file.path().getFileName());
    this.path = file.path().toString();
    this.statistics = new Reading<>(file, MonitoredFile::statistics, NOTHING);
    this.setAsides = new Reading<>(file, MonitoredFile::setAsides, SetAsides.NONE);
    this.notices = new FileNotices(file.path(), setAsides::now, sampler);
  }

  @Override
  public Object mbean() {
    return new DocumentedBean(this, CacheFileMXBean.class, permissions, notices.notifier());
  }

  @Override
  public void registeredAs(ObjectName name) {
    notices.notifier().sendAs(name);
  }

  @Override
  public void release() {
    notices.notifier().close();
  }

  @Override
  public String getPath() {
    return path;
  }

  @Override
  public long getReadCount() {
    return statistics.now().reads();
  }

  @Override
  public long getCommitCount() {
    return statistics.now().commits();
  }

  @Override
  public long getCheckpointCount() {
    return statistics.now().checkpoints();
  }

  @Override
  public long getBusyRetryCount() {
    return statistics.now().busyRetries();
  }

  @Override
  public double getCommitLatencyMicrosP50() {
    return micros(statistics.now().commitLatency().p50Nanos());
  }

  @Override
  public double getCommitLatencyMicrosP99() {
    return micros(statistics.now().commitLatency().p99Nanos());
  }

  @Override
  public double getCommitLatencyMicrosMax() {
    return micros(statistics.now().commitLatency().maxNanos());
  }

  @Override
  public double getReadLatencyMicrosP50() {
    return micros(statistics.now().readLatency().p50Nanos());
  }

  @Override
  public double getReadLatencyMicrosP99() {
    return micros(statistics.now().readLatency().p99Nanos());
  }

  @Override
  public double getReadLatencyMicrosMax() {
    return micros(statistics.now().readLatency().maxNanos());
  }

  private static double micros(long nanos) {
    return Math.round(nanos / 100.0) / 10.0;
  }

  @Override
  public long getWriterQueueLength() {
    return statistics.now().waitingWriters();
  }

  @Override
  public long getFileBytes() {
    return statistics.now().fileBytes();
  }

  @Override
  public long getWalBytes() {
    return statistics.now().walBytes();
  }

  @Override
  public long getReaderOpenCount() {
    return statistics.now().openReaders();
  }

  @Override
  public long getReaderActiveCount() {
    return statistics.now().activeReaders();
  }

  @Override
  public long getBufferedWriteCount() {
    return statistics.now().bufferedWrites();
  }

  @Override
  public long getBufferedAccessCount() {
    return statistics.now().bufferedAccesses();
  }

  @Override
  public long getBackgroundFailureCount() {
    return statistics.now().backgroundFailures();
  }

  @Override
  public long getForeignCommitCount() {
    return statistics.now().foreignCommits();
  }

  @Override
  public long getHeapInvalidationCount() {
    return statistics.now().forgottenCopies();
  }

  @Override
  public long getSetAsideCount() {
    return setAsides.now().count();
  }

  @Override
  public String getSetAsideLastFile() {
    Path last = setAsides.now().last();
    return last == null ? "" : String.valueOf(last.getFileName());
  }

  @Override
  public long getSetAsideLastTimeMillis() {
    return setAsides.now().lastAtMillis();
  }

  @Override
  public long checkpoint() {
    return acting.run("checkpoint", file -> {
      file.checkpoint();
      return file.statistics().walBytes();
    });
  }

  @Override
  public long backup(String fileName) {
    Path directory = permissions.backupDirectory();
    if (directory == null) {
      throw new IllegalStateException("There is no directory for backups");
    }
    Path target = new BackupPlace(directory).of(fileName);
    return acting.run("back up", file -> {
      file.backup(target);
      return bytesOf(target);
    });
  }

  private static long bytesOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The backup was written, and is gone already", e);
    }
  }
}
