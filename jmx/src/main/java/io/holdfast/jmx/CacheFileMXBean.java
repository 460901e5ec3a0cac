package io.holdfast.jmx;

/** The file of one cache manager: all its caches share it. Counters run since it was opened. */
@Doc(
    "The SQLite file of a cache manager; all its caches share it. Counters run since it was opened in this process.")
public interface CacheFileMXBean {

  @Doc("Where the file is")
  String getPath();

  @Doc("Rows looked up")
  @Unit("{read}")
  long getReadCount();

  @Doc("Transactions committed")
  @Unit("{commit}")
  long getCommitCount();

  @Doc("Checkpoints that moved pages from the log into the file")
  @Unit("{checkpoint}")
  long getCheckpointCount();

  @Doc("Times a writer waited for a lock of another process")
  @Unit("{retry}")
  long getBusyRetryCount();

  @Doc(
      "Half of the commits of the last minute or two took no longer, waiting for other writers included; 0 if there were none")
  @Unit("us")
  double getCommitLatencyMicrosP50();

  @Doc("99 of 100 commits took no longer")
  @Unit("us")
  double getCommitLatencyMicrosP99();

  @Doc("No commit took longer")
  @Unit("us")
  double getCommitLatencyMicrosMax();

  @Doc(
      "Half of the reads of the last minute or two took no longer, one of sixteen being measured; 0 if there were none")
  @Unit("us")
  double getReadLatencyMicrosP50();

  @Doc("99 of 100 reads took no longer")
  @Unit("us")
  double getReadLatencyMicrosP99();

  @Doc("No read took longer")
  @Unit("us")
  double getReadLatencyMicrosMax();

  @Doc("Threads that wait at this moment for the one that writes")
  @Unit("{thread}")
  long getWriterQueueLength();

  @Doc("Size of the database file now")
  @Unit("By")
  long getFileBytes();

  @Doc("Size of the write-ahead log now")
  @Unit("By")
  long getWalBytes();

  @Doc("Reader connections open now")
  @Unit("{connection}")
  long getReaderOpenCount();

  @Doc("Reader connections in use at this moment")
  @Unit("{connection}")
  long getReaderActiveCount();

  @Doc("Acknowledged writes that are not in the file yet; 0 unless durability is relaxed")
  @Unit("{write}")
  long getBufferedWriteCount();

  @Doc(
      "Rows whose last use is not in the file yet; it is written in batches, and lost if the process is killed")
  @Unit("{row}")
  long getBufferedAccessCount();

  @Doc("Times buffered writes could not be written; they are tried again")
  @Unit("{failure}")
  long getBackgroundFailureCount();

  @Doc("Commits of other processes that were noticed")
  @Unit("{commit}")
  long getForeignCommitCount();

  @Doc("Heap entries dropped because another process may have changed them")
  @Unit("{entry}")
  long getHeapInvalidationCount();

  @Doc("Damaged files that were renamed in this place; the caches went on empty each time")
  @Unit("{file}")
  long getSetAsideCount();

  @Doc("Name of the last damaged file, in the same directory; empty if there was none")
  String getSetAsideLastFile();

  @Doc("When the last damaged file was renamed, in Unix time; 0 if there was none")
  @Unit("ms")
  long getSetAsideLastTimeMillis();

  @Doc(
      "Moves the log into the file and says how many bytes of log are left, as other processes may be reading it")
  @Unit("By")
  @Operation(Effect.MAINTAINS)
  long checkpoint();

  @Doc(
      "Copies the file as it is at one moment into the directory for backups, beside live use, and says how many bytes were written")
  @Unit("By")
  @Operation(Effect.COPIES)
  long backup(
      @ParameterName("fileName")
          @Doc("A plain file name that ends in .db and is not taken yet, such as monday-1.db")
          String fileName);
}
