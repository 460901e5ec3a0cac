package io.holdfast.jdbc;

import java.nio.charset.StandardCharsets;
import javax.transaction.xa.Xid;

/** A branch by name; a new object each time, as a transaction manager makes after recovery. */
record BranchXid(String name) implements Xid {

  @Override
  public int getFormatId() {
    return 4711;
  }

  @Override
  public byte[] getGlobalTransactionId() {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] getBranchQualifier() {
    return new byte[] {1};
  }
}
