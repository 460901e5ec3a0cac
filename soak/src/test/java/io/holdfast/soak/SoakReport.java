package io.holdfast.soak;

import java.util.List;

/**
 * What a run was and what it found.
 *
 * @param environment processors, load and JDK
 * @param operations of the cache, counted by those that measured them
 * @param kills of processes, each followed by a new start
 * @param scans by a foreign reader that held every row against the board
 * @param backups that were copied, checked and scanned
 * @param locks that another program held on a file for up to a second
 * @param removedLogs of files that were open, alone or with their index
 * @param removedLogsMet how often a process that had one open went over to the next
 * @param findings whatever must not be; empty if all is well
 */
record SoakReport(
    String environment,
    long seconds,
    long operations,
    long ddl,
    int kills,
    int scans,
    long scannedRows,
    int backups,
    int locks,
    int removedLogs,
    long removedLogsMet,
    List<String> findings,
    List<Latency> latencies,
    List<Sample> samples) {

  /** How long an operation took, in microseconds, at its median, percentiles and worst. */
  record Latency(
      String operation,
      long count,
      long p50Micros,
      long p99Micros,
      long p999Micros,
      long maxMicros) {}

  /**
   * The state at one moment.
   *
   * @param fileBytes of the file without limits; {@code logBytes} of its log
   * @param quotaBytes of the file that is limited
   * @param isKill whether a process was killed since the last sample
   */
  record Sample(
      double atSeconds,
      long fileBytes,
      long logBytes,
      long quotaBytes,
      double operationsPerSecond,
      boolean isKill) {}
}
