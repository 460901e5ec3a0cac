package io.holdfast.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;

/**
 * How long the current thread ran and waited for a processor, so that the rest of a time is what it was
 * blocked. Linux only; a look costs a few microseconds.
 *
 * @see <a href="https://docs.kernel.org/scheduler/sched-stats.html">schedstat</a>
 */
final class ThreadTimes implements AutoCloseable {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final byte[] line = new byte[128];
  private final RandomAccessFile schedstat;

  ThreadTimes() {
    try {
      schedstat = new RandomAccessFile("/proc/thread-self/schedstat", "r");
    } catch (IOException e) {
      throw new UncheckedIOException("The scheduler's statistics cannot be read", e);
    }
  }

  /** Time that this thread has run or waited to run. */
  long busyNanos() {
    return threads.getCurrentThreadCpuTime() + waitedForProcessorNanos();
  }

  private long waitedForProcessorNanos() {
    try {
      schedstat.seek(0);
      int length = schedstat.read(line);
      String[] fields = new String(line, 0, length, StandardCharsets.US_ASCII).split(" ", -1);
      return Long.parseLong(fields[1]);
    } catch (IOException e) {
      throw new UncheckedIOException("The scheduler's statistics cannot be read", e);
    }
  }

  @Override
  public void close() {
    try {
      schedstat.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
