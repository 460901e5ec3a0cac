package io.holdfast.semantic.stage;

import io.holdfast.semantic.EmbeddingIdentity;
import io.holdfast.semantic.index.SignIndex;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A sentence's vector as it is stored: {@code <model>.<check>.<numbers>}. A byte a number, so 384 dimensions take 540 characters;
 * the length does not matter to a cosine and is not kept. The check covers the wording too: a vector beside another question's
 * wording is none.
 */
final class VectorText {
  private static final int MODEL_DIGITS = 16;

  private final String model;
  private final int dimensions;

  VectorText(EmbeddingIdentity identity) {
    this.model = identity.sha256().substring(0, MODEL_DIGITS);
    this.dimensions = identity.dimensions();
  }

  String write(String wording, float[] vector) {
    byte[] numbers = quantised(vector);
    return model
        + '.'
        + check(wording, numbers)
        + '.'
        + Base64.getEncoder().encodeToString(numbers);
  }

  /** Returns the signs, as {@link SignIndex} has them; null if it is another model's, damaged, or of zeros. */
  long @Nullable [] signs(String text) {
    byte[] numbers = numbers(text);
    return numbers == null || squares(numbers) == 0 ? null : SignIndex.signs(numbers);
  }

  /** Returns the vector, of length 1; null too if it is not this wording's. */
  float @Nullable [] read(String text, String wording) {
    byte[] numbers = numbers(text);
    return numbers == null || !text.startsWith(check(wording, numbers) + '.', MODEL_DIGITS + 1)
        ? null
        : vector(numbers);
  }

  private byte @Nullable [] numbers(String text) {
    int start = text.lastIndexOf('.') + 1;
    if (!text.startsWith(model + '.') || start <= MODEL_DIGITS + 1) {
      return null;
    }
    try {
      byte[] numbers = Base64.getDecoder().decode(text.substring(start));
      return numbers.length == dimensions ? numbers : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] quantised(float[] vector) {
    float largest = 0;
    for (float number : vector) {
      largest = Math.max(largest, Math.abs(number));
    }
    byte[] numbers = new byte[vector.length];
    for (int i = 0; i < vector.length; i++) {
      numbers[i] = (byte) (largest == 0 ? 0 : Math.round(vector[i] / largest * Byte.MAX_VALUE));
    }
    return numbers;
  }

  private static float @Nullable [] vector(byte[] numbers) {
    float[] vector = new float[numbers.length];
    int squares = squares(numbers);
    if (squares == 0) {
      return null;
    }
    float length = (float) Math.sqrt(squares);
    for (int i = 0; i < numbers.length; i++) {
      vector[i] = numbers[i] / length;
    }
    return vector;
  }

  private static int squares(byte[] numbers) {
    int squares = 0;
    for (byte number : numbers) {
      squares += number * number;
    }
    return squares;
  }

  private static String check(String wording, byte[] numbers) {
    var crc = new CRC32C();
    crc.update(wording.getBytes(StandardCharsets.UTF_8));
    crc.update(numbers);
    return Long.toHexString(crc.getValue());
  }
}
