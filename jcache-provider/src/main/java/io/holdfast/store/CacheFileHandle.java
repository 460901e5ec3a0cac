package io.holdfast.store;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One opening of a file that others in this process may have open too. */
final class CacheFileHandle implements CacheFile {
  private final RenewableFile file;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  CacheFileHandle(RenewableFile file) {
    this.file = file;
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public EntryTable openTable(CacheDefinition definition) {
    return open().openTable(definition);
  }

  @Override
  public void closeTable(String cacheName) {
    file.closeTable(cacheName);
  }

  @Override
  public @Nullable EntryTable findTable(String cacheName) {
    return open().findTable(cacheName);
  }

  @Override
  public List<CacheSummary> caches() {
    return open().run(SqliteCacheFile::caches);
  }

  @Override
  public boolean drop(String cacheName) {
    return open().drop(cacheName);
  }

  @Override
  public StateTable state(String cacheName) {
    return open().state(cacheName);
  }

  @Override
  public LeaseTable leases(String cacheName) {
    return new RenewableLeases(open(), cacheName);
  }

  @Override
  public void watch(Coherence coherence) {
    open().watch(coherence);
  }

  @Override
  public void catchUp() {
    file.catchUp();
  }

  @Override
  public List<String> check() {
    return open().run(SqliteCacheFile::check);
  }

  @Override
  public void backup(Path target, IfPresent ifPresent) {
    open().run(current -> {
      new FileBackup(current.written()).run(target, ifPresent);
      return current;
    });
  }

  @Override
  public FileExport export() {
    return open().run(current -> FileExport.open(current.written()));
  }

  @Override
  public void compact() {
    open().run(current -> {
      current.compact();
      return current;
    });
  }

  @Override
  public void checkpoint() {
    open().run(current -> {
      current.checkpoint();
      return current;
    });
  }

  @Override
  public StoreStatistics statistics() {
    return file.statistics();
  }

  @Override
  public SetAsides setAsides() {
    return file.setAsides();
  }

  @Override
  public void whenReplaced(Runnable listener) {
    listeners.add(listener);
    open().whenReplaced(listener);
  }

  /** What all handles share. */
  RenewableFile shared() {
    return file;
  }

  private RenewableFile open() {
    if (closed.get()) {
      throw new IllegalStateException("The cache file " + file.path() + " is closed");
    }
    return file;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      file.forget(listeners);
      OpenFiles.release(file);
    }
  }
}
