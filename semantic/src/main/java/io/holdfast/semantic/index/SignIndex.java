package io.holdfast.semantic.index;

import io.holdfast.semantic.Vectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the nearest of many vectors: first by the signs of their numbers, which are in memory, then exactly, by the few vectors
 * that come into question, which the caller keeps.
 *
 * <p>Partitions are apart: a search sees one only. An entry takes 56 bytes of heap for 384 dimensions. Safe from any thread; searches
 * do not hold up one another.
 */
public final class SignIndex {
  /** Signs of 384 numbers tell cosines of 0.8 and 0.3 apart by far more than chance, so few suffice. */
  private static final int RANKED = 16;

  private final int dimensions;
  private final Map<String, SignCodes> partitions = new ConcurrentHashMap<>();

  /**
   * Creates an empty index.
   *
   * @throws IllegalArgumentException if {@code dimensions} is not positive
   */
  public SignIndex(int dimensions) {
    if (dimensions < 1) {
      throw new IllegalArgumentException("dimensions must be positive: " + dimensions);
    }
    this.dimensions = dimensions;
  }

  /**
   * A vector that is near.
   *
   * @param id as it was added
   * @param cosine similarity, from -1 to 1
   */
  public record Neighbour(long id, double cosine) {}

  /**
   * Adds a vector. An id that is there already is there twice then: {@link #remove} it first.
   *
   * @throws IllegalArgumentException if the vector has another number of dimensions
   */
  public void add(String partition, long id, float[] vector) {
    add(partition, id, SignCodes.code(checked(vector)));
  }

  /**
   * Returns the signs of a vector that is kept as whole numbers: where bit {@code i} of the longs together is set, number
   * {@code i} is above zero.
   */
  public static long[] signs(byte[] vector) {
    return SignCodes.code(vector);
  }

  /**
   * The same for who has the signs only.
   *
   * @throws IllegalArgumentException if they are of another number of dimensions
   */
  public void add(String partition, long id, long[] signs) {
    if (signs.length != (dimensions + Long.SIZE - 1) / Long.SIZE) {
      throw new IllegalArgumentException(
          signs.length + " longs are no signs of " + dimensions + " dimensions");
    }
    // Under the map's lock of the key, so that nobody adds to codes that remove() is about to drop.
    partitions.compute(partition, (name, present) -> {
      SignCodes codes = present == null ? new SignCodes(dimensions) : present;
      codes.add(id, signs);
      return codes;
    });
  }

  /** Removes a vector; returns false if it was not there. Looks through the partition. */
  public boolean remove(String partition, long id) {
    boolean[] removed = {false};
    partitions.computeIfPresent(partition, (name, codes) -> {
      removed[0] = codes.remove(id);
      return emptyToNull(codes);
    });
    return removed[0];
  }

  private static @Nullable SignCodes emptyToNull(SignCodes codes) {
    return codes.size() == 0 ? null : codes;
  }

  /** Removes the partitions that are chosen, and returns what was in them. */
  public List<Long> removeAll(Predicate<String> chosen) {
    List<Long> removed = new ArrayList<>();
    for (String partition : partitions.keySet()) {
      if (chosen.test(partition)) {
        partitions.computeIfPresent(partition, (name, codes) -> {
          codes.ids().forEach(removed::add);
          return null;
        });
      }
    }
    return removed;
  }

  /** Removes all. */
  public void clear() {
    partitions.clear();
  }

  /** Returns how many vectors there are, in all partitions. */
  public long size() {
    return partitions.values().stream().mapToLong(SignCodes::size).sum();
  }

  /**
   * Returns the nearest vectors of a partition, the nearest first, 16 at most.
   *
   * @param vectors returns the vector of an id, or null where there is none any more; such ids are left out
   * @param leastCosine nearer ones only
   * @throws IllegalArgumentException if the vector has another number of dimensions
   */
  public List<Neighbour> nearest(
      String partition,
      float[] vector,
      double leastCosine,
      LongFunction<float @Nullable []> vectors) {
    List<Neighbour> neighbours = new ArrayList<>();
    for (long id : candidates(partition, vector)) {
      float[] candidate = vectors.apply(id);
      if (candidate != null) {
        double cosine = Vectors.dot(vector, candidate);
        if (cosine >= leastCosine) {
          neighbours.add(new Neighbour(id, cosine));
        }
      }
    }
    neighbours.sort(Comparator.comparingDouble(Neighbour::cosine).reversed());
    return List.copyOf(neighbours);
  }

  /**
   * Returns the vectors of a partition that differ least in their signs, the nearest first, 16 at most: for a caller who reads many
   * vectors at once and ranks them himself.
   *
   * @throws IllegalArgumentException if the vector has another number of dimensions
   */
  public long[] candidates(String partition, float[] vector) {
    long[] code = SignCodes.code(checked(vector));
    SignCodes codes = partitions.get(partition);
    return codes == null ? new long[0] : codes.nearest(code, RANKED);
  }

  private float[] checked(float[] vector) {
    if (vector.length != dimensions) {
      throw new IllegalArgumentException(
          "The vector has " + vector.length + " dimensions, the index " + dimensions);
    }
    return vector;
  }
}
