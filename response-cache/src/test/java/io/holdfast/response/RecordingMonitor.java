package io.holdfast.response;

import io.holdfast.response.spi.MonitoredResponseCache;
import io.holdfast.response.spi.ResponseCacheMonitor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Found through META-INF/services; remembers what it was told. */
public final class RecordingMonitor implements ResponseCacheMonitor {

  static final List<MonitoredResponseCache> OPEN = new CopyOnWriteArrayList<>();

  @Override
  public void responseCacheOpened(MonitoredResponseCache cache) {
    OPEN.add(cache);
  }

  @Override
  public void responseCacheClosed(MonitoredResponseCache cache) {
    OPEN.removeIf(known -> known == cache);
  }

  /** Stands before the recording one in the file of services, and fails at everything. */
  public static final class Failing implements ResponseCacheMonitor {
    @Override
    public void responseCacheOpened(MonitoredResponseCache cache) {
      throw new IllegalStateException("cannot register");
    }

    @Override
    public void responseCacheClosed(MonitoredResponseCache cache) {
      throw new NoClassDefFoundError("half an application");
    }
  }

  /** Cannot even be made. */
  public static final class Broken implements ResponseCacheMonitor {
    public Broken() {
      throw new IllegalStateException("no constructor today");
    }

    @Override
    public void responseCacheOpened(MonitoredResponseCache cache) {}

    @Override
    public void responseCacheClosed(MonitoredResponseCache cache) {}
  }
}
