package io.holdfast.jcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jcache.ContendingProcess.Contest;
import io.holdfast.store.ChildJvm;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Atomic operations of two processes on one file: their answers are those of one cache. */
@Timeout(120)
final class TwoProcessAtomicityIT {
  private static final int TIMES = 300;

  @TempDir
  Path directory;

  /** What this process and a child got, each having tried so often. */
  private List<Integer> contend(
      ManagerFixture fixture, Cache<String, Integer> cache, Contest contest) throws Exception {
    Process child = ChildJvm.start(
        ContendingProcess.class, fixture.file().toString(), contest.name(), String.valueOf(TIMES));
    try (var in = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8));
        var out = child.outputWriter(UTF_8)) {
      assertThat(in.readLine()).isEqualTo("ready");
      out.write("go\n");
      out.flush();
      List<Integer> all = new ArrayList<>(contest.run(cache, TIMES));
      int ours = all.size();
      // On a busy machine the other process may come too late for any.
      Scanner theirs = new Scanner(in.readLine());
      while (theirs.hasNextInt()) {
        all.add(theirs.nextInt());
      }
      assertThat(ours).as("entries that this process got").isPositive();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isZero();
      return all;
    } finally {
      child.destroyForcibly();
    }
  }

  private void assertEachGotOnce(Contest contest, int jobs, int countedAfter) throws Exception {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, Integer> cache = ContendingProcess.open(fixture.manager());
      for (int i = 1; i <= jobs; i++) {
        cache.put("job" + i, i);
      }
      assertThat(contend(fixture, cache, contest))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, 2 * TIMES).boxed().toList());
      fixture.reopen();
      Integer counter = ContendingProcess.open(fixture.manager()).get("counter");
      assertThat(counter == null ? 0 : counter).isEqualTo(countedAfter);
    }
  }

  @Test
  void invoke_incrementsOfTwoProcesses_sumExactly() throws Exception {
    assertEachGotOnce(Contest.INCREMENT, 0, 2 * TIMES);
  }

  @Test
  void replace_loopsOfTwoProcesses_sumExactly() throws Exception {
    assertEachGotOnce(Contest.REPLACE, 0, 2 * TIMES);
  }

  @Test
  void putIfAbsent_electionsOfTwoProcesses_haveOneWinnerEach() throws Exception {
    assertEachGotOnce(Contest.ELECT, 0, 0);
  }

  @Test
  void removals_ofTwoProcesses_takeEachEntryOnce() throws Exception {
    assertEachGotOnce(Contest.TAKE, 2 * TIMES, 0);
  }
}
