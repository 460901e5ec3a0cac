package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Lets a process write and kills it at a moment that has nothing to do with what it is doing. */
public final class KilledProcess {

  /** How many writes each has acknowledged at the least, however busy the machine is. */
  public static final long LEAST_WRITES = 10;

  private KilledProcess() {}

  /**
   * Starts the class, and sends SIGKILL so long after it acknowledged its first {@link #LEAST_WRITES}.
   *
   * @param arguments of its main method
   */
  public static void run(
      Class<?> main, long killAfterMillis, WriteLedger ledger, String... arguments)
      throws IOException, InterruptedException {
    Process child = ChildJvm.start(main, arguments);
    try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      long goal = ledger.acknowledged() + LEAST_WRITES;
      boolean hasBegun = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        ledger.accept(line);
        if (!hasBegun && ledger.acknowledged() >= goal) {
          hasBegun = true;
          // By its handle, which leaves our end of the pipe open: what it still said is read.
          CompletableFuture.delayedExecutor(killAfterMillis, TimeUnit.MILLISECONDS)
              .execute(child.toHandle()::destroyForcibly);
        }
      }
      assertThat(hasBegun).as("the process began to write").isTrue();
    } finally {
      child.toHandle().destroyForcibly();
    }
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as("killed, not ended").isNotZero();
  }
}
