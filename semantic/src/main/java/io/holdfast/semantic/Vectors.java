package io.holdfast.semantic;

/** Arithmetic on arrays of floats. */
public final class Vectors {

  private Vectors() {}

  /**
   * Returns the sum of the products.
   *
   * <p>Four sums beside each other: one alone waits for the previous addition each time.
   */
  public static double dot(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return (double) (s0 + s1) + (s2 + s3);
  }

  /** Brings a vector to length 1, in place; one of zeros stays. Returns it. */
  public static float[] normalise(float[] vector) {
    double length = Math.sqrt(dot(vector, vector));
    if (length > 0) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (vector[i] / length);
      }
    }
    return vector;
  }
}
