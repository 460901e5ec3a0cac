package io.holdfast.soak;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How long operations take, in microseconds; safe from any thread. */
final class Latencies {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);

  private final Map<Operation, Recorder> recorders = new EnumMap<>(Operation.class);

  Latencies() {
    for (Operation operation : Operation.values()) {
      recorders.put(operation, new Recorder(LONGEST_MICROS, 2));
    }
  }

  <T> T time(Operation operation, Callable<T> work) throws Exception {
    long startNanos = System.nanoTime();
    T result = work.call();
    recordSince(operation, startNanos);
    return result;
  }

  void recordSince(Operation operation, long startNanos) {
    record(operation, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startNanos));
  }

  void record(Operation operation, long micros) {
    recorders.get(operation).recordValue(Math.min(micros, LONGEST_MICROS));
  }

  /** Hands over what was measured since the last call, as text for {@link #decode}. */
  void drain(BiConsumer<Operation, String> sink) {
    recorders.forEach((operation, recorder) -> {
      Histogram histogram = recorder.getIntervalHistogram();
      if (histogram.getTotalCount() > 0) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        sink.accept(
            operation, Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length)));
      }
    });
  }

  static Histogram decode(String text) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(
          ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
