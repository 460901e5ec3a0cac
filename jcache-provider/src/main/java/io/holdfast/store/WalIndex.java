package io.holdfast.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells in nanoseconds whether anything was committed, by this or another process: reads the header
 * of the log's index, which all users of the file share as mapped memory.
 *
 * <p>A commit writes the second copy of the header, then the first, and returns after that. So a
 * reader that looks at the first copy after a commit was acknowledged sees the change.
 *
 * <p>The channel stays open as long as the file: closing any descriptor of the index drops this
 * process's locks on it. Of several class loaders only the first that opens a file in a process maps
 * the index; the others read without pins.
 *
 * @see <a href="https://sqlite.org/walformat.html#the_wal_index_file_format">The WAL-index format</a>
 * @see <a href="https://sqlite.org/howtocorrupt.html">How to corrupt a SQLite database file</a>
 */
final class WalIndex implements AutoCloseable {
  private static final Logger logger = System.getLogger(WalIndex.class.getName());
  private static final int FORMAT = 3_007_000;
  private static final int CHANGE_AT = 8;
  private static final int INITIALISED_AT = 12;
  private static final int FRAMES_AT = 16;
  private static final int PAGES_AT = 20;
  private static final int SALTS_AT = 32;
  private static final int CHECKSUM_AT = 40;
  private static final int MOVED_AT = 96; // after the second copy of the header
  private static final int MAPPED_BYTES = MOVED_AT + Integer.BYTES;
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle INTS =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  // A name that all class loaders share, and a lock that goes with it.
  private static final String OWNER_PROPERTY = "io.holdfast.store.walIndex:";
  private static final Object PROCESS_LOCK = OWNER_PROPERTY.intern();

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer header;

  private WalIndex(Path file, FileChannel channel, ByteBuffer header) {
    this.file = file;
    this.channel = channel;
    this.header = header;
  }

  /**
   * Maps the index of a file that this process has open; null where that cannot work, and then reads
   * take a snapshot each.
   */
  static @Nullable WalIndex open(Path file) {
    // Elsewhere mapped memory and POSIX locks have not been checked to behave so.
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      return null;
    }
    String ownerKey = OWNER_PROPERTY + file;
    synchronized (PROCESS_LOCK) {
      if (System.getProperty(ownerKey) != null) {
        return null;
      }
      try {
        Path index = file.resolveSibling(file.getFileName() + "-shm");
        FileChannel channel = FileChannel.open(index, StandardOpenOption.READ);
        System.setProperty(ownerKey, String.valueOf(System.identityHashCode(WalIndex.class)));
        return new WalIndex(file, channel, map(channel).order(ByteOrder.nativeOrder()));
      } catch (IOException | RuntimeException e) {
        logger.log(
            Level.DEBUG,
            () -> "The log index of " + file + " cannot be mapped; reads cost a little more",
            e);
        return null;
      }
    }
  }

  // Without a mapping the channel has to be kept all the same, until the connections are closed.
  private static ByteBuffer map(FileChannel channel) {
    try {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, MAPPED_BYTES);
    } catch (IOException | RuntimeException e) {
      logger.log(Level.DEBUG, () -> "A log index cannot be mapped; reads cost a little more", e);
      return ByteBuffer.allocate(0);
    }
  }

  /** This index if its layout is known, else null. */
  static @Nullable WalIndex understood(@Nullable WalIndex index, Path file) {
    if (index == null || index.isUnderstood()) {
      return index;
    }
    logger.log(
        Level.WARNING,
        () -> "The log index of " + file + " has an unknown layout; reads cost a little more");
    return null;
  }

  /** Whether the header is laid out as we know it, proven by its own checksum. */
  boolean isUnderstood() {
    if (header.capacity() < MAPPED_BYTES) {
      return false;
    }
    int first = 0;
    int second = 0;
    for (int at = 0; at < CHECKSUM_AT; at += 2 * Integer.BYTES) {
      first += intAt(at) + second;
      second += intAt(at + Integer.BYTES) + first;
    }
    return intAt(0) == FORMAT
        && header.get(INITIALISED_AT) == 1
        && intAt(CHECKSUM_AT) == first
        && intAt(CHECKSUM_AT + Integer.BYTES) == second;
  }

  private int intAt(int offset) {
    return (int) INTS.getVolatile(header, offset);
  }

  /** The counter of transactions and what stands beside it. */
  long change() {
    return (long) LONGS.getVolatile(header, CHANGE_AT);
  }

  /** How many transactions were committed; wraps around, and starts anew with the log index. */
  int commits() {
    return intAt(CHANGE_AT);
  }

  /** The checksum over the header. */
  long checksum() {
    return (long) LONGS.getVolatile(header, CHECKSUM_AT);
  }

  /** Random numbers that each log has, and each of its pages. */
  long salts() {
    return (long) LONGS.getVolatile(header, SALTS_AT);
  }

  /** Whether each page of the log is in the file; then it may be begun anew. */
  boolean isWhollyMoved() {
    return (intAt(MOVED_AT) & 0xffff_ffffL) >= frames();
  }

  /** Pages in the log. */
  long frames() {
    return intAt(FRAMES_AT) & 0xffff_ffffL;
  }

  /** Pages of the file after the last commit, free ones too. */
  long pages() {
    return intAt(PAGES_AT) & 0xffff_ffffL;
  }

  /** To be called after the last connection of this class loader is closed, never before. */
  @Override
  public void close() {
    synchronized (PROCESS_LOCK) {
      System.clearProperty(OWNER_PROPERTY + file);
      try {
        ProcessClaim.closeDescriptor(file, channel);
      } catch (IOException e) {
        logger.log(Level.DEBUG, () -> "The log index did not close; continuing", e);
      }
    }
  }
}
