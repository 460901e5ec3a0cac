package io.holdfast.store;

import java.nio.file.Path;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("io.holdfast.Commit")
@Label("Commit")
@Description(
    "A transaction was committed to a cache file; its duration includes the wait for others")
@Category("Holdfast")
@Enabled(false)
@StackTrace(false)
final class CommitEvent extends Event {

  @Label("File")
  String file = "";

  @Label("Action")
  String action = "";

  @Label("Durability")
  String durability = "";

  @Label("Waited for Writers")
  @Description("How long other threads of this process wrote meanwhile")
  @Timespan(Timespan.NANOSECONDS)
  long waitedNanos;

  /** The thread has its turn. */
  void itsTurn(long startNanos) {
    if (isEnabled()) {
      waitedNanos = System.nanoTime() - startNanos;
    }
  }

  /** Records the commit, if it is recorded at all. */
  void finished(Path committedTo, String committed, Durability survives) {
    end();
    if (shouldCommit()) {
      file = committedTo.toString();
      action = committed;
      durability = survives.name();
      commit();
    }
  }
}
