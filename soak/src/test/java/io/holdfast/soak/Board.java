package io.holdfast.soak;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What was begun and what was acknowledged, in memory that all processes map. The system keeps it when
 * one of them is killed, so the last word of the dead is on it.
 */
final class Board {
  private static final VarHandle CELL =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final int CELLS_PER_KEY = 8;

  private final MappedByteBuffer memory;

  private Board(MappedByteBuffer memory) {
    this.memory = memory;
  }

  /** Maps the board in this directory; an absent one begins with zeros. */
  static Board in(Path directory) throws IOException {
    long bytes = (long) (Area.keysOnBoard() + Owner.PROCESSES) * CELLS_PER_KEY * Long.BYTES;
    try (FileChannel channel = FileChannel.open(
        directory.resolve("board"),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE)) {
      return new Board(channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes));
    }
  }

  Ledger ledger(Area area) {
    return new Ledger(this, area);
  }

  long get(int key, int cell) {
    return (long) CELL.getVolatile(memory, offset(key, cell));
  }

  void set(int key, int cell, long value) {
    CELL.setVolatile(memory, offset(key, cell), value);
  }

  long increment(int key, int cell) {
    return (long) CELL.getAndAdd(memory, offset(key, cell), 1L) + 1;
  }

  /** When a process was killed, Unix milliseconds; 0 if it has come to work since. */
  long killedAtMillis(int process) {
    return get(Area.keysOnBoard() + process, 0);
  }

  /** Before a process is killed; of two kills before it came to work the first counts. */
  void noteKill(int process) {
    if (killedAtMillis(process) == 0) {
      set(Area.keysOnBoard() + process, 0, System.currentTimeMillis());
    }
  }

  void forgetKill(int process) {
    set(Area.keysOnBoard() + process, 0, 0);
  }

  private static int offset(int key, int cell) {
    return (key * CELLS_PER_KEY + cell) * Long.BYTES;
  }
}
