package io.holdfast.response;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread that purges: a daemon, there only while there is something to purge. */
final class PurgeThread {

  private PurgeThread() {}

  static ThreadPoolExecutor create(String cacheName) {
    var executor = new ThreadPoolExecutor(
        1,
        1, /* idle for */
        2,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        work -> {
          var thread = new Thread(work, "holdfast-response-purge-" + cacheName);
          thread.setDaemon(true);
          // Else the thread keeps the class loader of whoever caused the first drift.
          thread.setContextClassLoader(null);
          return thread;
        });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
