package io.holdfast.jmx;

import io.holdfast.jcache.spi.MonitoredFile;
import io.holdfast.store.StoreStatistics;

/** Reads a cache file's counters. */
final class CacheFileBean implements CacheFileMXBean, Registry.Bean {

  private static final StoreStatistics NOTHING = StoreStatistics.NONE;

  private final String path;
  private final Reading<MonitoredFile, StoreStatistics> statistics;

  CacheFileBean(MonitoredFile file) {
    this.path = file.path().toString();
    this.statistics = new Reading<>(file, MonitoredFile::statistics, NOTHING);
  }

  @Override
  public Object mbean() {
    return new DocumentedBean(this, CacheFileMXBean.class);
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
}
