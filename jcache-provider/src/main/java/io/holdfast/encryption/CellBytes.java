package io.holdfast.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.store.Cell;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A cell as bytes: one for its type, then its content. */
final class CellBytes {
  private static final byte TEXT = 'T';
  private static final byte WHOLE = 'I';
  private static final byte REAL = 'R';
  private static final byte BLOB = 'B';

  private CellBytes() {}

  static byte type(Cell cell) {
    if (cell instanceof Cell.Text) {
      return TEXT;
    }
    if (cell instanceof Cell.Whole) {
      return WHOLE;
    }
    return cell instanceof Cell.Real ? REAL : BLOB;
  }

  /** Text in UTF-8; numbers with eight bytes, the highest first; the array itself of a BLOB. */
  static byte[] content(Cell cell) {
    if (cell instanceof Cell.Text text) {
      return text.value().getBytes(UTF_8);
    }
    if (cell instanceof Cell.Whole whole) {
      return word(whole.value());
    }
    if (cell instanceof Cell.Real real) {
      return word(Double.doubleToRawLongBits(real.value()));
    }
    return ((Cell.Blob) cell).value();
  }

  /** The cell of these bytes, or null if they are none. */
  static @Nullable Cell cell(byte[] bytes) {
    if (bytes.length == 0) {
      return null;
    }
    int length = bytes.length - 1;
    return switch (bytes[0]) {
      case TEXT -> new Cell.Text(new String(bytes, 1, length, UTF_8));
      case BLOB -> new Cell.Blob(Arrays.copyOfRange(bytes, 1, bytes.length));
      case WHOLE -> length == Long.BYTES ? new Cell.Whole(word(bytes)) : null;
      case REAL ->
        length == Long.BYTES ? new Cell.Real(Double.longBitsToDouble(word(bytes))) : null;
      default -> null;
    };
  }

  private static byte[] word(long word) {
    return ByteBuffer.allocate(Long.BYTES).putLong(word).array();
  }

  private static long word(byte[] bytes) {
    return ByteBuffer.wrap(bytes, 1, Long.BYTES).getLong();
  }
}
