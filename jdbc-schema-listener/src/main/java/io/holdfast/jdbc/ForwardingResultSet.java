package io.holdfast.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/**
 * Passes each call of {@link ResultSet} that needs no thought to the driver's object. Written by
 * {@code ForwardingSources} in the test tree: change that, not this.
 */
@NullUnmarked // Null is what the driver makes of it.
@SuppressWarnings("deprecation") // Deprecated methods are passed on like all others.
abstract class ForwardingResultSet implements ResultSet {

  private ResultSet target;

  ForwardingResultSet(ResultSet target) {
    this.target = target;
  }

  /** The driver's object; after {@code close()} this is what refuses every call. */
  final ResultSet open() throws SQLException {
    ResultSet current = target;
    if (current == null) {
      throw UseAfterClose.of("ResultSet");
    }
    return current;
  }

  /** The driver's object, or null after {@code close()}. */
  final ResultSet targetOrNull() {
    return target;
  }

  /** Lets go of the driver's object. */
  void detach() {
    target = null;
  }

  abstract Array linked(Array array);

  abstract Object linked(Object value);

  abstract <T> T linked(T value, Class<T> type);

  @Override
  public boolean absolute(int p1) throws SQLException {
    return open().absolute(p1);
  }

  @Override
  public void afterLast() throws SQLException {
    open().afterLast();
  }

  @Override
  public void beforeFirst() throws SQLException {
    open().beforeFirst();
  }

  @Override
  public void cancelRowUpdates() throws SQLException {
    open().cancelRowUpdates();
  }

  @Override
  public void clearWarnings() throws SQLException {
    open().clearWarnings();
  }

  @Override
  public void deleteRow() throws SQLException {
    open().deleteRow();
  }

  @Override
  public int findColumn(String p1) throws SQLException {
    return open().findColumn(p1);
  }

  @Override
  public boolean first() throws SQLException {
    return open().first();
  }

  @Override
  public Array getArray(String p1) throws SQLException {
    return linked(open().getArray(p1));
  }

  @Override
  public Array getArray(int p1) throws SQLException {
    return linked(open().getArray(p1));
  }

  @Override
  public InputStream getAsciiStream(String p1) throws SQLException {
    return open().getAsciiStream(p1);
  }

  @Override
  public InputStream getAsciiStream(int p1) throws SQLException {
    return open().getAsciiStream(p1);
  }

  @Override
  public BigDecimal getBigDecimal(String p1, int p2) throws SQLException {
    return open().getBigDecimal(p1, p2);
  }

  @Override
  public BigDecimal getBigDecimal(String p1) throws SQLException {
    return open().getBigDecimal(p1);
  }

  @Override
  public BigDecimal getBigDecimal(int p1, int p2) throws SQLException {
    return open().getBigDecimal(p1, p2);
  }

  @Override
  public BigDecimal getBigDecimal(int p1) throws SQLException {
    return open().getBigDecimal(p1);
  }

  @Override
  public InputStream getBinaryStream(String p1) throws SQLException {
    return open().getBinaryStream(p1);
  }

  @Override
  public InputStream getBinaryStream(int p1) throws SQLException {
    return open().getBinaryStream(p1);
  }

  @Override
  public Blob getBlob(String p1) throws SQLException {
    return open().getBlob(p1);
  }

  @Override
  public Blob getBlob(int p1) throws SQLException {
    return open().getBlob(p1);
  }

  @Override
  public boolean getBoolean(String p1) throws SQLException {
    return open().getBoolean(p1);
  }

  @Override
  public boolean getBoolean(int p1) throws SQLException {
    return open().getBoolean(p1);
  }

  @Override
  public byte getByte(String p1) throws SQLException {
    return open().getByte(p1);
  }

  @Override
  public byte getByte(int p1) throws SQLException {
    return open().getByte(p1);
  }

  @Override
  public byte[] getBytes(String p1) throws SQLException {
    return open().getBytes(p1);
  }

  @Override
  public byte[] getBytes(int p1) throws SQLException {
    return open().getBytes(p1);
  }

  @Override
  public Reader getCharacterStream(String p1) throws SQLException {
    return open().getCharacterStream(p1);
  }

  @Override
  public Reader getCharacterStream(int p1) throws SQLException {
    return open().getCharacterStream(p1);
  }

  @Override
  public Clob getClob(String p1) throws SQLException {
    return open().getClob(p1);
  }

  @Override
  public Clob getClob(int p1) throws SQLException {
    return open().getClob(p1);
  }

  @Override
  public int getConcurrency() throws SQLException {
    return open().getConcurrency();
  }

  @Override
  public String getCursorName() throws SQLException {
    return open().getCursorName();
  }

  @Override
  public Date getDate(String p1, Calendar p2) throws SQLException {
    return open().getDate(p1, p2);
  }

  @Override
  public Date getDate(String p1) throws SQLException {
    return open().getDate(p1);
  }

  @Override
  public Date getDate(int p1, Calendar p2) throws SQLException {
    return open().getDate(p1, p2);
  }

  @Override
  public Date getDate(int p1) throws SQLException {
    return open().getDate(p1);
  }

  @Override
  public double getDouble(String p1) throws SQLException {
    return open().getDouble(p1);
  }

  @Override
  public double getDouble(int p1) throws SQLException {
    return open().getDouble(p1);
  }

  @Override
  public int getFetchDirection() throws SQLException {
    return open().getFetchDirection();
  }

  @Override
  public int getFetchSize() throws SQLException {
    return open().getFetchSize();
  }

  @Override
  public float getFloat(String p1) throws SQLException {
    return open().getFloat(p1);
  }

  @Override
  public float getFloat(int p1) throws SQLException {
    return open().getFloat(p1);
  }

  @Override
  public int getHoldability() throws SQLException {
    return open().getHoldability();
  }

  @Override
  public int getInt(String p1) throws SQLException {
    return open().getInt(p1);
  }

  @Override
  public int getInt(int p1) throws SQLException {
    return open().getInt(p1);
  }

  @Override
  public long getLong(String p1) throws SQLException {
    return open().getLong(p1);
  }

  @Override
  public long getLong(int p1) throws SQLException {
    return open().getLong(p1);
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    return open().getMetaData();
  }

  @Override
  public Reader getNCharacterStream(String p1) throws SQLException {
    return open().getNCharacterStream(p1);
  }

  @Override
  public Reader getNCharacterStream(int p1) throws SQLException {
    return open().getNCharacterStream(p1);
  }

  @Override
  public NClob getNClob(String p1) throws SQLException {
    return open().getNClob(p1);
  }

  @Override
  public NClob getNClob(int p1) throws SQLException {
    return open().getNClob(p1);
  }

  @Override
  public String getNString(String p1) throws SQLException {
    return open().getNString(p1);
  }

  @Override
  public String getNString(int p1) throws SQLException {
    return open().getNString(p1);
  }

  @Override
  public <T> T getObject(String p1, Class<T> p2) throws SQLException {
    return linked(open().getObject(p1, p2), p2);
  }

  @Override
  public Object getObject(String p1, Map<String, Class<?>> p2) throws SQLException {
    return linked(open().getObject(p1, p2));
  }

  @Override
  public Object getObject(String p1) throws SQLException {
    return linked(open().getObject(p1));
  }

  @Override
  public <T> T getObject(int p1, Class<T> p2) throws SQLException {
    return linked(open().getObject(p1, p2), p2);
  }

  @Override
  public Object getObject(int p1, Map<String, Class<?>> p2) throws SQLException {
    return linked(open().getObject(p1, p2));
  }

  @Override
  public Object getObject(int p1) throws SQLException {
    return linked(open().getObject(p1));
  }

  @Override
  public Ref getRef(String p1) throws SQLException {
    return open().getRef(p1);
  }

  @Override
  public Ref getRef(int p1) throws SQLException {
    return open().getRef(p1);
  }

  @Override
  public int getRow() throws SQLException {
    return open().getRow();
  }

  @Override
  public RowId getRowId(String p1) throws SQLException {
    return open().getRowId(p1);
  }

  @Override
  public RowId getRowId(int p1) throws SQLException {
    return open().getRowId(p1);
  }

  @Override
  public SQLXML getSQLXML(String p1) throws SQLException {
    return open().getSQLXML(p1);
  }

  @Override
  public SQLXML getSQLXML(int p1) throws SQLException {
    return open().getSQLXML(p1);
  }

  @Override
  public short getShort(String p1) throws SQLException {
    return open().getShort(p1);
  }

  @Override
  public short getShort(int p1) throws SQLException {
    return open().getShort(p1);
  }

  @Override
  public String getString(String p1) throws SQLException {
    return open().getString(p1);
  }

  @Override
  public String getString(int p1) throws SQLException {
    return open().getString(p1);
  }

  @Override
  public Time getTime(String p1, Calendar p2) throws SQLException {
    return open().getTime(p1, p2);
  }

  @Override
  public Time getTime(String p1) throws SQLException {
    return open().getTime(p1);
  }

  @Override
  public Time getTime(int p1, Calendar p2) throws SQLException {
    return open().getTime(p1, p2);
  }

  @Override
  public Time getTime(int p1) throws SQLException {
    return open().getTime(p1);
  }

  @Override
  public Timestamp getTimestamp(String p1, Calendar p2) throws SQLException {
    return open().getTimestamp(p1, p2);
  }

  @Override
  public Timestamp getTimestamp(String p1) throws SQLException {
    return open().getTimestamp(p1);
  }

  @Override
  public Timestamp getTimestamp(int p1, Calendar p2) throws SQLException {
    return open().getTimestamp(p1, p2);
  }

  @Override
  public Timestamp getTimestamp(int p1) throws SQLException {
    return open().getTimestamp(p1);
  }

  @Override
  public int getType() throws SQLException {
    return open().getType();
  }

  @Override
  public URL getURL(String p1) throws SQLException {
    return open().getURL(p1);
  }

  @Override
  public URL getURL(int p1) throws SQLException {
    return open().getURL(p1);
  }

  @Override
  public InputStream getUnicodeStream(String p1) throws SQLException {
    return open().getUnicodeStream(p1);
  }

  @Override
  public InputStream getUnicodeStream(int p1) throws SQLException {
    return open().getUnicodeStream(p1);
  }

  @Override
  public SQLWarning getWarnings() throws SQLException {
    return open().getWarnings();
  }

  @Override
  public void insertRow() throws SQLException {
    open().insertRow();
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    return open().isAfterLast();
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    return open().isBeforeFirst();
  }

  @Override
  public boolean isFirst() throws SQLException {
    return open().isFirst();
  }

  @Override
  public boolean isLast() throws SQLException {
    return open().isLast();
  }

  @Override
  public boolean last() throws SQLException {
    return open().last();
  }

  @Override
  public void moveToCurrentRow() throws SQLException {
    open().moveToCurrentRow();
  }

  @Override
  public void moveToInsertRow() throws SQLException {
    open().moveToInsertRow();
  }

  @Override
  public boolean next() throws SQLException {
    return open().next();
  }

  @Override
  public boolean previous() throws SQLException {
    return open().previous();
  }

  @Override
  public void refreshRow() throws SQLException {
    open().refreshRow();
  }

  @Override
  public boolean relative(int p1) throws SQLException {
    return open().relative(p1);
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    return open().rowDeleted();
  }

  @Override
  public boolean rowInserted() throws SQLException {
    return open().rowInserted();
  }

  @Override
  public boolean rowUpdated() throws SQLException {
    return open().rowUpdated();
  }

  @Override
  public void setFetchDirection(int p1) throws SQLException {
    open().setFetchDirection(p1);
  }

  @Override
  public void setFetchSize(int p1) throws SQLException {
    open().setFetchSize(p1);
  }

  @Override
  public void updateArray(String p1, Array p2) throws SQLException {
    open().updateArray(p1, LinkedArray.bare(p2));
  }

  @Override
  public void updateArray(int p1, Array p2) throws SQLException {
    open().updateArray(p1, LinkedArray.bare(p2));
  }

  @Override
  public void updateAsciiStream(String p1, InputStream p2, int p3) throws SQLException {
    open().updateAsciiStream(p1, p2, p3);
  }

  @Override
  public void updateAsciiStream(String p1, InputStream p2, long p3) throws SQLException {
    open().updateAsciiStream(p1, p2, p3);
  }

  @Override
  public void updateAsciiStream(String p1, InputStream p2) throws SQLException {
    open().updateAsciiStream(p1, p2);
  }

  @Override
  public void updateAsciiStream(int p1, InputStream p2, int p3) throws SQLException {
    open().updateAsciiStream(p1, p2, p3);
  }

  @Override
  public void updateAsciiStream(int p1, InputStream p2, long p3) throws SQLException {
    open().updateAsciiStream(p1, p2, p3);
  }

  @Override
  public void updateAsciiStream(int p1, InputStream p2) throws SQLException {
    open().updateAsciiStream(p1, p2);
  }

  @Override
  public void updateBigDecimal(String p1, BigDecimal p2) throws SQLException {
    open().updateBigDecimal(p1, p2);
  }

  @Override
  public void updateBigDecimal(int p1, BigDecimal p2) throws SQLException {
    open().updateBigDecimal(p1, p2);
  }

  @Override
  public void updateBinaryStream(String p1, InputStream p2, int p3) throws SQLException {
    open().updateBinaryStream(p1, p2, p3);
  }

  @Override
  public void updateBinaryStream(String p1, InputStream p2, long p3) throws SQLException {
    open().updateBinaryStream(p1, p2, p3);
  }

  @Override
  public void updateBinaryStream(String p1, InputStream p2) throws SQLException {
    open().updateBinaryStream(p1, p2);
  }

  @Override
  public void updateBinaryStream(int p1, InputStream p2, int p3) throws SQLException {
    open().updateBinaryStream(p1, p2, p3);
  }

  @Override
  public void updateBinaryStream(int p1, InputStream p2, long p3) throws SQLException {
    open().updateBinaryStream(p1, p2, p3);
  }

  @Override
  public void updateBinaryStream(int p1, InputStream p2) throws SQLException {
    open().updateBinaryStream(p1, p2);
  }

  @Override
  public void updateBlob(String p1, InputStream p2, long p3) throws SQLException {
    open().updateBlob(p1, p2, p3);
  }

  @Override
  public void updateBlob(String p1, InputStream p2) throws SQLException {
    open().updateBlob(p1, p2);
  }

  @Override
  public void updateBlob(String p1, Blob p2) throws SQLException {
    open().updateBlob(p1, p2);
  }

  @Override
  public void updateBlob(int p1, InputStream p2, long p3) throws SQLException {
    open().updateBlob(p1, p2, p3);
  }

  @Override
  public void updateBlob(int p1, InputStream p2) throws SQLException {
    open().updateBlob(p1, p2);
  }

  @Override
  public void updateBlob(int p1, Blob p2) throws SQLException {
    open().updateBlob(p1, p2);
  }

  @Override
  public void updateBoolean(String p1, boolean p2) throws SQLException {
    open().updateBoolean(p1, p2);
  }

  @Override
  public void updateBoolean(int p1, boolean p2) throws SQLException {
    open().updateBoolean(p1, p2);
  }

  @Override
  public void updateByte(String p1, byte p2) throws SQLException {
    open().updateByte(p1, p2);
  }

  @Override
  public void updateByte(int p1, byte p2) throws SQLException {
    open().updateByte(p1, p2);
  }

  @Override
  public void updateBytes(String p1, byte[] p2) throws SQLException {
    open().updateBytes(p1, p2);
  }

  @Override
  public void updateBytes(int p1, byte[] p2) throws SQLException {
    open().updateBytes(p1, p2);
  }

  @Override
  public void updateCharacterStream(String p1, Reader p2, int p3) throws SQLException {
    open().updateCharacterStream(p1, p2, p3);
  }

  @Override
  public void updateCharacterStream(String p1, Reader p2, long p3) throws SQLException {
    open().updateCharacterStream(p1, p2, p3);
  }

  @Override
  public void updateCharacterStream(String p1, Reader p2) throws SQLException {
    open().updateCharacterStream(p1, p2);
  }

  @Override
  public void updateCharacterStream(int p1, Reader p2, int p3) throws SQLException {
    open().updateCharacterStream(p1, p2, p3);
  }

  @Override
  public void updateCharacterStream(int p1, Reader p2, long p3) throws SQLException {
    open().updateCharacterStream(p1, p2, p3);
  }

  @Override
  public void updateCharacterStream(int p1, Reader p2) throws SQLException {
    open().updateCharacterStream(p1, p2);
  }

  @Override
  public void updateClob(String p1, Reader p2, long p3) throws SQLException {
    open().updateClob(p1, p2, p3);
  }

  @Override
  public void updateClob(String p1, Reader p2) throws SQLException {
    open().updateClob(p1, p2);
  }

  @Override
  public void updateClob(String p1, Clob p2) throws SQLException {
    open().updateClob(p1, p2);
  }

  @Override
  public void updateClob(int p1, Reader p2, long p3) throws SQLException {
    open().updateClob(p1, p2, p3);
  }

  @Override
  public void updateClob(int p1, Reader p2) throws SQLException {
    open().updateClob(p1, p2);
  }

  @Override
  public void updateClob(int p1, Clob p2) throws SQLException {
    open().updateClob(p1, p2);
  }

  @Override
  public void updateDate(String p1, Date p2) throws SQLException {
    open().updateDate(p1, p2);
  }

  @Override
  public void updateDate(int p1, Date p2) throws SQLException {
    open().updateDate(p1, p2);
  }

  @Override
  public void updateDouble(String p1, double p2) throws SQLException {
    open().updateDouble(p1, p2);
  }

  @Override
  public void updateDouble(int p1, double p2) throws SQLException {
    open().updateDouble(p1, p2);
  }

  @Override
  public void updateFloat(String p1, float p2) throws SQLException {
    open().updateFloat(p1, p2);
  }

  @Override
  public void updateFloat(int p1, float p2) throws SQLException {
    open().updateFloat(p1, p2);
  }

  @Override
  public void updateInt(String p1, int p2) throws SQLException {
    open().updateInt(p1, p2);
  }

  @Override
  public void updateInt(int p1, int p2) throws SQLException {
    open().updateInt(p1, p2);
  }

  @Override
  public void updateLong(String p1, long p2) throws SQLException {
    open().updateLong(p1, p2);
  }

  @Override
  public void updateLong(int p1, long p2) throws SQLException {
    open().updateLong(p1, p2);
  }

  @Override
  public void updateNCharacterStream(String p1, Reader p2, long p3) throws SQLException {
    open().updateNCharacterStream(p1, p2, p3);
  }

  @Override
  public void updateNCharacterStream(String p1, Reader p2) throws SQLException {
    open().updateNCharacterStream(p1, p2);
  }

  @Override
  public void updateNCharacterStream(int p1, Reader p2, long p3) throws SQLException {
    open().updateNCharacterStream(p1, p2, p3);
  }

  @Override
  public void updateNCharacterStream(int p1, Reader p2) throws SQLException {
    open().updateNCharacterStream(p1, p2);
  }

  @Override
  public void updateNClob(String p1, Reader p2, long p3) throws SQLException {
    open().updateNClob(p1, p2, p3);
  }

  @Override
  public void updateNClob(String p1, Reader p2) throws SQLException {
    open().updateNClob(p1, p2);
  }

  @Override
  public void updateNClob(String p1, NClob p2) throws SQLException {
    open().updateNClob(p1, p2);
  }

  @Override
  public void updateNClob(int p1, Reader p2, long p3) throws SQLException {
    open().updateNClob(p1, p2, p3);
  }

  @Override
  public void updateNClob(int p1, Reader p2) throws SQLException {
    open().updateNClob(p1, p2);
  }

  @Override
  public void updateNClob(int p1, NClob p2) throws SQLException {
    open().updateNClob(p1, p2);
  }

  @Override
  public void updateNString(String p1, String p2) throws SQLException {
    open().updateNString(p1, p2);
  }

  @Override
  public void updateNString(int p1, String p2) throws SQLException {
    open().updateNString(p1, p2);
  }

  @Override
  public void updateNull(String p1) throws SQLException {
    open().updateNull(p1);
  }

  @Override
  public void updateNull(int p1) throws SQLException {
    open().updateNull(p1);
  }

  @Override
  public void updateObject(String p1, Object p2, int p3) throws SQLException {
    open().updateObject(p1, LinkedArray.bare(p2), p3);
  }

  @Override
  public void updateObject(String p1, Object p2, SQLType p3, int p4) throws SQLException {
    open().updateObject(p1, LinkedArray.bare(p2), p3, p4);
  }

  @Override
  public void updateObject(String p1, Object p2, SQLType p3) throws SQLException {
    open().updateObject(p1, LinkedArray.bare(p2), p3);
  }

  @Override
  public void updateObject(String p1, Object p2) throws SQLException {
    open().updateObject(p1, LinkedArray.bare(p2));
  }

  @Override
  public void updateObject(int p1, Object p2, int p3) throws SQLException {
    open().updateObject(p1, LinkedArray.bare(p2), p3);
  }

  @Override
  public void updateObject(int p1, Object p2, SQLType p3, int p4) throws SQLException {
    open().updateObject(p1, LinkedArray.bare(p2), p3, p4);
  }

  @Override
  public void updateObject(int p1, Object p2, SQLType p3) throws SQLException {
    open().updateObject(p1, LinkedArray.bare(p2), p3);
  }

  @Override
  public void updateObject(int p1, Object p2) throws SQLException {
    open().updateObject(p1, LinkedArray.bare(p2));
  }

  @Override
  public void updateRef(String p1, Ref p2) throws SQLException {
    open().updateRef(p1, p2);
  }

  @Override
  public void updateRef(int p1, Ref p2) throws SQLException {
    open().updateRef(p1, p2);
  }

  @Override
  public void updateRow() throws SQLException {
    open().updateRow();
  }

  @Override
  public void updateRowId(String p1, RowId p2) throws SQLException {
    open().updateRowId(p1, p2);
  }

  @Override
  public void updateRowId(int p1, RowId p2) throws SQLException {
    open().updateRowId(p1, p2);
  }

  @Override
  public void updateSQLXML(String p1, SQLXML p2) throws SQLException {
    open().updateSQLXML(p1, p2);
  }

  @Override
  public void updateSQLXML(int p1, SQLXML p2) throws SQLException {
    open().updateSQLXML(p1, p2);
  }

  @Override
  public void updateShort(String p1, short p2) throws SQLException {
    open().updateShort(p1, p2);
  }

  @Override
  public void updateShort(int p1, short p2) throws SQLException {
    open().updateShort(p1, p2);
  }

  @Override
  public void updateString(String p1, String p2) throws SQLException {
    open().updateString(p1, p2);
  }

  @Override
  public void updateString(int p1, String p2) throws SQLException {
    open().updateString(p1, p2);
  }

  @Override
  public void updateTime(String p1, Time p2) throws SQLException {
    open().updateTime(p1, p2);
  }

  @Override
  public void updateTime(int p1, Time p2) throws SQLException {
    open().updateTime(p1, p2);
  }

  @Override
  public void updateTimestamp(String p1, Timestamp p2) throws SQLException {
    open().updateTimestamp(p1, p2);
  }

  @Override
  public void updateTimestamp(int p1, Timestamp p2) throws SQLException {
    open().updateTimestamp(p1, p2);
  }

  @Override
  public boolean wasNull() throws SQLException {
    return open().wasNull();
  }
}
