package io.holdfast.semantic.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.LongStream;

/**
 * The vectors of one partition, each by the signs of its numbers: a bit a dimension, and a number of the caller's.
 *
 * <p>Kept in blocks, so growing copies nothing and leaves little unused. A removed entry's place is taken by the last one.
 */
final class SignCodes {
  private static final int BLOCK = 1024;
  private static final int FIRST = 8;

  private final int words;
  private final List<long[]> blocks = new ArrayList<>(1);
  private int size;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /**
   * Creates an empty one.
   *
   * @param dimensions of the vectors
   */
  SignCodes(int dimensions) {
    this.words = (dimensions + Long.SIZE - 1) / Long.SIZE;
  }

  /** Returns the signs: bit {@code i} is set where number {@code i} is above zero. */
  static long[] code(float[] vector) {
    long[] code = new long[(vector.length + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < vector.length; i++) {
      code[i / Long.SIZE] |= (vector[i] > 0 ? 1L : 0L) << (i % Long.SIZE);
    }
    return code;
  }

  /** The same of whole numbers. A branch for each sign would be guessed wrong half of the time. */
  static long[] code(byte[] vector) {
    long[] code = new long[(vector.length + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < vector.length; i++) {
      code[i / Long.SIZE] |= (-vector[i] >>> 31 & 1L) << (i % Long.SIZE);
    }
    return code;
  }

  int size() {
    lock.readLock().lock();
    try {
      return size;
    } finally {
      lock.readLock().unlock();
    }
  }

  void add(long id, long[] code) {
    lock.writeLock().lock();
    try {
      long[] block = blockForOneMore();
      int at = (size % BLOCK) * (words + 1);
      block[at] = id;
      System.arraycopy(code, 0, block, at + 1, words);
      size++;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private long[] blockForOneMore() {
    int number = size / BLOCK;
    int needed = (size % BLOCK + 1) * (words + 1);
    if (number == blocks.size()) {
      blocks.add(new long[(number == 0 ? FIRST : BLOCK) * (words + 1)]);
    }
    long[] block = blocks.get(number);
    if (block.length < needed) {
      block = Arrays.copyOf(block, Math.min(BLOCK * (words + 1), block.length * 2));
      blocks.set(number, block);
    }
    return block;
  }

  /** Removes one entry of this id; returns false if there is none. */
  boolean remove(long id) {
    lock.writeLock().lock();
    try {
      for (int i = 0; i < size; i++) {
        if (blocks.get(i / BLOCK)[(i % BLOCK) * (words + 1)] == id) {
          fillWithLast(i);
          return true;
        }
      }
      return false;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void fillWithLast(int hole) {
    size--;
    System.arraycopy(
        blocks.get(size / BLOCK),
        (size % BLOCK) * (words + 1),
        blocks.get(hole / BLOCK),
        (hole % BLOCK) * (words + 1),
        words + 1);
    if (size % BLOCK == 0) {
      blocks.remove(size / BLOCK);
    }
  }

  /** Returns all ids. */
  LongStream ids() {
    lock.readLock().lock();
    try {
      long[] ids = new long[size];
      for (int i = 0; i < size; i++) {
        ids[i] = blocks.get(i / BLOCK)[(i % BLOCK) * (words + 1)];
      }
      return LongStream.of(ids);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Returns the ids of the entries with the fewest different signs, the nearest first. */
  long[] nearest(long[] code, int count) {
    Nearest nearest = new Nearest(count);
    lock.readLock().lock();
    try {
      for (int b = 0; b < blocks.size(); b++) {
        scan(blocks.get(b), Math.min(BLOCK, size - b * BLOCK), code, nearest);
      }
    } finally {
      lock.readLock().unlock();
    }
    return nearest.ids();
  }

  private static void scan(long[] block, int entries, long[] code, Nearest nearest) {
    int words = code.length;
    int worst = nearest.worst();
    for (int entry = 0, at = 0; entry < entries; entry++, at += words + 1) {
      int distance = 0;
      for (int w = 0; w < words; w++) {
        distance += Long.bitCount(block[at + 1 + w] ^ code[w]);
      }
      if (distance < worst) {
        worst = nearest.offer(distance, block[at]);
      }
    }
  }

  /** The few best so far, in order; short, so inserting by moving is the quickest. */
  private static final class Nearest {
    private final int[] distances;
    private final long[] ids;
    private int size;

    Nearest(int count) {
      distances = new int[count];
      ids = new long[count];
    }

    int worst() {
      return size < distances.length ? Integer.MAX_VALUE : distances[size - 1];
    }

    int offer(int distance, long id) {
      int at = size < distances.length ? size++ : size - 1;
      while (at > 0 && distances[at - 1] > distance) {
        distances[at] = distances[at - 1];
        ids[at] = ids[at - 1];
        at--;
      }
      distances[at] = distance;
      ids[at] = id;
      return worst();
    }

    long[] ids() {
      return Arrays.copyOf(ids, size);
    }
  }
}
