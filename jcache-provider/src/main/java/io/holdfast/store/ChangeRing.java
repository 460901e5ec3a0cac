package io.holdfast.store;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the last commits changed, in memory that all processes of a file share: a slot per commit, found
 * by the commit's number in the log index, and a cell per changed row. It only explains commits; that
 * there were commits is told by the log index. A commit without a slot of its number is unexplained,
 * and then everything is taken for changed. So a ring that is missing, old or deleted costs speed, not
 * truth.
 *
 * <p>There is one writer at a time, who holds SQLite's write lock from {@link #publish} to the end of
 * its transaction. Readers need no lock: they copy, then check that nothing was overwritten meanwhile.
 */
final class ChangeRing implements AutoCloseable {
  static final int COMMITS = 1 << 11;
  static final int CELLS = 1 << 13;

  /** A commit of more rows names its caches only. */
  static final int MOST_ROWS = CELLS / 8;

  /** Stands for all rows of a cache; row ids are not negative. */
  static final long ALL_ROWS = -1;

  private static final long MAGIC = 0x4866_7374_7269_6e01L;
  private static final int MAGIC_AT = 0;
  private static final int TAKEN_CELLS_AT = 8;
  private static final int SLOTS_AT = 64;
  private static final int SLOT_BYTES = 32;
  private static final int OWNER_AT = 8;
  private static final int FIRST_CELL_AT = 16;
  private static final int COUNTS_AT = 24;
  private static final int CELLS_AT = SLOTS_AT + COMMITS * SLOT_BYTES;
  private static final int CELL_BYTES = 16;
  private static final int BYTES = CELLS_AT + CELLS * CELL_BYTES;

  private static final int VOID = 0;
  private static final int PUBLISHED = 1;
  private static final int SEALED = 2;

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer memory;
  private final @Nullable FileChannel channel;

  private ChangeRing(ByteBuffer memory, @Nullable FileChannel channel) {
    this.memory = memory.order(ByteOrder.nativeOrder());
    this.channel = channel;
  }

  /**
   * What a commit says about itself.
   *
   * @param owner who committed
   * @param ownerCommits how many commits the owner had made, this one included
   * @param isSealed whether the owner has seen its COMMIT succeed; else it may be under way, or the
   *     owner died and somebody else's commit has the number
   * @param cells pairs of cache id and row id; empty for the reader's own commits
   */
  record Slot(long owner, int ownerCommits, boolean isSealed, LongBuffer cells) {}

  /** A ring that only this process sees: it explains this process's commits to itself. */
  static ChangeRing ofThisProcess() {
    return new ChangeRing(ByteBuffer.allocateDirect(BYTES), null);
  }

  /**
   * Maps the ring beside this file, making it if need be. To be called with SQLite's write lock held.
   *
   * @param newest the number of the newest commit; what the ring says of any later one is of a former
   *     life of the log index
   * @throws IOException if it cannot be made, or is something else
   */
  static ChangeRing open(Path file, int newest) throws IOException {
    Path path = file.resolveSibling(file.getFileName() + "-changes");
    FileChannel channel = openOwnerOnly(path);
    try {
      // Written, not only sized: a full disk must fail here and not at some later store.
      for (long size = channel.size(); size < BYTES; size = channel.size()) {
        channel.write(ByteBuffer.allocate((int) (BYTES - size)), size);
      }
      var ring = new ChangeRing(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES), channel);
      long magic = ring.getLong(MAGIC_AT);
      if (magic != 0 && magic != MAGIC) {
        throw new IOException(path + " is laid out in another way");
      }
      ring.setLong(MAGIC_AT, MAGIC);
      ring.forgetAllBut(newest);
      return ring;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel openOwnerOnly(Path path) throws IOException {
    try {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException anotherProcessMadeIt) {
      // opened below
    }
    return FileChannel.open(
        path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
  }

  /** Makes every commit unexplained but the ones just before and including the newest. */
  void forgetAllBut(int newest) {
    for (int slot = 0; slot < COMMITS; slot++) {
      int at = SLOTS_AT + slot * SLOT_BYTES;
      int age = newest - numberOf(getLong(at));
      if (age < 0 || age >= COMMITS) {
        setLong(at, VOID);
      }
    }
  }

  /**
   * Announces a commit that is about to happen.
   *
   * @param number the commit's number in the log index
   * @param cells pairs of cache id and row id
   */
  void publish(int number, long owner, int ownerCommits, long[] cells, int cellCount) {
    int at = slotAt(number);
    setLong(at, VOID);
    long firstCell = getLong(TAKEN_CELLS_AT);
    // Taken before they are overwritten: who reads the old ones at this moment finds out.
    setLong(TAKEN_CELLS_AT, firstCell + cellCount);
    for (int i = 0; i < cellCount; i++) {
      int cellAt = cellAt(firstCell + i);
      setLong(cellAt, cells[2 * i]);
      setLong(cellAt + Long.BYTES, cells[2 * i + 1]);
    }
    setLong(at + OWNER_AT, owner);
    setLong(at + FIRST_CELL_AT, firstCell);
    setLong(at + COUNTS_AT, pair(ownerCommits, cellCount));
    setLong(at, pair(number, PUBLISHED));
  }

  /** Confirms a commit that has happened. */
  void seal(int number) {
    int at = slotAt(number);
    // Compared: a process that slept here may find its slot used again.
    LONGS.compareAndSet(memory, at, pair(number, PUBLISHED), pair(number, SEALED));
  }

  /**
   * What is known of a commit, or null.
   *
   * @param self whose cells need not be copied
   */
  @Nullable
  Slot read(int number, long self) {
    int at = slotAt(number);
    long state = getLong(at);
    if (numberOf(state) != number || (int) state == VOID) {
      return null;
    }
    long owner = getLong(at + OWNER_AT);
    long firstCell = getLong(at + FIRST_CELL_AT);
    long counts = getLong(at + COUNTS_AT);
    int cellCount = (int) counts;
    if (cellCount < 0 || cellCount > CELLS) {
      return null;
    }
    long[] cells = owner == self ? new long[0] : copy(firstCell, cellCount);
    long stateAfter = getLong(at);
    boolean overwritten = numberOf(stateAfter) != number
        || (int) stateAfter == VOID
        || getLong(at + FIRST_CELL_AT) != firstCell
        || getLong(TAKEN_CELLS_AT) - firstCell > CELLS;
    return overwritten
        ? null
        : new Slot(owner, numberOf(counts), (int) stateAfter == SEALED, LongBuffer.wrap(cells));
  }

  private long[] copy(long firstCell, int cellCount) {
    long[] cells = new long[2 * cellCount];
    for (int i = 0; i < cellCount; i++) {
      int at = cellAt(firstCell + i);
      cells[2 * i] = getLong(at);
      cells[2 * i + 1] = getLong(at + Long.BYTES);
    }
    return cells;
  }

  private static int slotAt(int number) {
    return SLOTS_AT + (number & (COMMITS - 1)) * SLOT_BYTES;
  }

  private static int cellAt(long position) {
    return CELLS_AT + (int) (position & (CELLS - 1)) * CELL_BYTES;
  }

  private static long pair(int high, int low) {
    return ((long) high << Integer.SIZE) | (low & 0xffff_ffffL);
  }

  private static int numberOf(long pair) {
    return (int) (pair >>> Integer.SIZE);
  }

  // In program order for other processes too: a handful of words per
  // commit, so no weaker mode pays.
  private long getLong(int at) {
    return (long) LONGS.getVolatile(memory, at);
  }

  private void setLong(int at, long value) {
    LONGS.setRelease(memory, at, value);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
