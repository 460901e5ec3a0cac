package io.holdfast.store;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("io.holdfast.TierRead")
@Label("Tier Read")
@Description("An entry was looked up below the heap")
@Category("Holdfast")
@Enabled(false)
@StackTrace(false)
final class TierReadEvent extends Event {

  @Label("Cache")
  String cache = "";

  @Label("Found")
  @Description("Whether there was a row, dead or alive")
  boolean found;

  @Label("Value Size")
  @DataAmount
  long valueBytes;

  /** Records the look-up, if it is recorded at all. */
  void finished(String cacheName, @Nullable StoredEntry entry) {
    end();
    if (shouldCommit()) {
      cache = cacheName;
      found = entry != null;
      valueBytes = entry == null ? 0 : Columns.payloadBytes(entry.value());
      commit();
    }
  }
}
