package io.holdfast.store;

import java.nio.file.Path;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("io.holdfast.Checkpoint")
@Label("Checkpoint")
@Description("Pages were moved from the log into the cache file")
@Category("Holdfast")
@Enabled(false)
@StackTrace(false)
final class CheckpointEvent extends Event {

  @Label("Log")
  String log = "";

  @Label("Mode")
  @Description("PASSIVE waits for nobody, RESTART and TRUNCATE start the log anew")
  String mode = "";

  @Label("Busy")
  @Description("Whether somebody kept it from being finished")
  boolean busy;

  @Label("Log Size")
  @Description("All pages of the log, whether or not they have been moved")
  @DataAmount
  long logBytes;

  @Label("Moved")
  @Description("Pages of the log that are in the file now")
  @DataAmount
  long movedBytes;

  /** Records the checkpoint, if it is recorded at all. */
  void finished(Path ofLog, String inMode, boolean isBusy, long frames, long moved) {
    end();
    if (shouldCommit()) {
      log = ofLog.toString();
      mode = inMode;
      busy = isBusy;
      // SQLite says -1 where it could not look.
      logBytes = Math.max(0, frames) * Pragmas.PAGE_BYTES;
      movedBytes = Math.max(0, moved) * Pragmas.PAGE_BYTES;
      commit();
    }
  }
}
