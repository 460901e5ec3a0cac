package io.holdfast.bench.peers;

import java.util.Arrays;
import java.util.Random;

/** In what order keys are asked for. */
public enum KeyOrder {
  /** Each key as often as any other. */
  UNIFORM {
    @Override
    int[] draw(int keys, int length) {
      return new Random(SEED).ints(length, 0, keys).toArray();
    }
  },
  /**
   * The key of rank n by 1/n^0.99, as in the Yahoo! Cloud Serving Benchmark; ranks are scattered over
   * the keys.
   *
   * @see <a href="https://doi.org/10.1145/1807128.1807152">Cooper and others, 2010</a>
   */
  ZIPF {
    @Override
    int[] draw(int keys, int length) {
      var random = new Random(SEED);
      double[] upTo = cumulated(keys);
      int[] keyOfRank = shuffled(keys, random);
      int[] drawn = new int[length];
      for (int i = 0; i < length; i++) {
        int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[keys - 1]);
        drawn[i] = keyOfRank[at < 0 ? -at - 1 : at];
      }
      return drawn;
    }
  };

  private static final long SEED = 42;
  private static final double EXPONENT = .99;

  /** So many numbers of keys, below {@code keys}; the same each time. */
  abstract int[] draw(int keys, int length);

  private static double[] cumulated(int keys) {
    double[] upTo = new double[keys];
    double sum = 0;
    for (int rank = 0; rank < keys; rank++) {
      sum += Math.pow(rank + 1, -EXPONENT);
      upTo[rank] = sum;
    }
    return upTo;
  }

  private static int[] shuffled(int keys, Random random) {
    int[] shuffled = new int[keys];
    for (int i = 0; i < keys; i++) {
      int other = random.nextInt(i + 1);
      shuffled[i] = shuffled[other];
      shuffled[other] = i;
    }
    return shuffled;
  }
}
