package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Hashes keys with the seed that the file keeps. */
final class SeededKeyHasher implements KeyHasher {
  private static final byte TEXT = 1;
  private static final byte WHOLE = 2;
  private static final byte REAL = 3;
  private static final byte BLOB = 4;
  private static final byte OPAQUE = 5;

  private final SipHash sipHash;

  SeededKeyHasher(SipHash sipHash) {
    this.sipHash = sipHash;
  }

  /** With the seed of this file. */
  static SeededKeyHasher of(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("""
                SELECT row_id_seed_0, row_id_seed_1 FROM store WHERE id = 1
                """);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new SQLException(
            "the seed of the row ids is missing", null, SQLiteErrorCode.SQLITE_CORRUPT.code);
      }
      return new SeededKeyHasher(new SipHash(row.getLong(1), row.getLong(2)));
    }
  }

  @Override
  public long hash(StoredKey key) {
    if (key instanceof StoredKey.Opaque opaque) {
      return hashWord(OPAQUE, opaque.hash());
    }
    if (key instanceof StoredKey.OfRow row) {
      return row.rowId() << 1; // as Bucket undoes it
    }
    Cell column = key.column();
    if (column instanceof Cell.Text text) {
      return sipHash.hash(TEXT, text.value().getBytes(UTF_8));
    }
    if (column instanceof Cell.Whole whole) {
      return hashWord(WHOLE, whole.value());
    }
    if (column instanceof Cell.Real real) {
      return hashWord(REAL, Double.doubleToLongBits(real.value()));
    }
    return sipHash.hash(BLOB, ((Cell.Blob) column).value());
  }

  private long hashWord(byte tag, long word) {
    return sipHash.hash(tag, ByteBuffer.allocate(Long.BYTES).putLong(word).array());
  }
}
