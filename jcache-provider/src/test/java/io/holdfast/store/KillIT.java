package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process acknowledged before SIGKILL is there afterwards, whatever it was doing: single puts,
 * batches, deletes, clears, evictions, checkpoints. {@code -Dholdfast.kills=200} kills more often.
 */
final class KillIT {
  private static final int KILLS = Integer.getInteger("holdfast.kills", 10);
  private static final long ABSENT = 0;

  @TempDir
  Path directory;

  @Test
  void open_afterKills_hasEverythingAcknowledged() throws Exception {
    long seed = Long.getLong("holdfast.killSeed", System.nanoTime());
    Random random = new Random(seed);
    Ledger ledger = new Ledger();
    long acknowledgedGroups = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledgedGroups += writeUntilKilled(random, kill, ledger);
      assertMatches(ledger, "kill " + kill + ", seed " + seed);
    }
    assertThat(acknowledgedGroups).as("acknowledged writes").isGreaterThan(KILLS * 10L);
  }

  private long writeUntilKilled(Random random, int run, Ledger ledger) throws Exception {
    long maxEntries = run % 2 == 0 ? Long.MAX_VALUE : WritingProcess.KEYS / 2;
    Process child = ChildJvm.start(
        WritingProcess.class,
        directory.resolve("cache.db").toString(),
        String.valueOf(random.nextLong()),
        String.valueOf(maxEntries));
    long groups = 0;
    int killAfterGroups = 20 + random.nextInt(3000);
    try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      List<String> group = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.equals(".")) {
          group.add(line);
          continue;
        }
        ledger.take(group);
        group.clear();
        groups++;
        if (groups == killAfterGroups) {
          // By its handle, which leaves our end of the pipe open. The child goes on for a moment
          // that nobody can foresee.
          child.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return groups;
  }

  private void assertMatches(Ledger ledger, String when) throws IOException {
    try (CacheFile file = CacheFile.openExisting(directory.resolve("cache.db"))) {
      assertThat(file.check()).as(when).isEmpty();
      EntryTable table = file.findTable("things");
      assertThat(table).isNotNull();
      Map<String, Long> found = new HashMap<>();
      for (int i = 0; i < WritingProcess.KEYS; i++) {
        StoredEntry entry = table.find(StoreFixture.key("key " + i));
        found.put(String.valueOf(i), entry == null ? ABSENT : entry.version());
        if (entry != null) {
          assertThat(((Cell.Text) entry.value()).value())
              .as(when)
              .startsWith("value of version " + entry.version());
        }
      }
      ledger.assertAllows(found, when);
    }
  }

  /** What the file must hold: what was acknowledged, or that plus the one group that was under way. */
  private static final class Ledger {
    private Map<String, Long> acknowledged = new HashMap<>();
    private List<String> announced = List.of();

    void take(List<String> group) {
      if (group.get(0).startsWith("> ")) {
        announced = group.stream().map(line -> line.substring(2)).toList();
      } else {
        acknowledged = after(acknowledged, group);
        announced = List.of();
      }
    }

    private static Map<String, Long> after(Map<String, Long> before, List<String> group) {
      Map<String, Long> after = new HashMap<>(before);
      for (String line : group) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "P" -> after.put(words[1], Long.parseLong(words[2]));
          case "C" -> after.clear();
          default -> after.remove(words[1]);
        }
      }
      return after;
    }

    /** A transaction is there as a whole or not at all; a row it evicted is not known here. */
    void assertAllows(Map<String, Long> found, String when) {
      Map<String, Long> attempted = after(acknowledged, announced);
      Set<String> lost = differences(found, acknowledged, Set.of());
      Set<String> torn = differences(found, attempted, lost.isEmpty() ? Set.of() : found.keySet());
      assertThat(lost.isEmpty() || torn.isEmpty())
          .as(when + ": lost " + lost + ", torn " + torn)
          .isTrue();
      found.values().removeIf(version -> version == ABSENT);
      acknowledged = new HashMap<>(found);
      announced = List.of();
    }

    private static Set<String> differences(
        Map<String, Long> found, Map<String, Long> expected, Set<String> mayBeEvicted) {
      Set<String> different = new HashSet<>();
      found.forEach((key, version) -> {
        long wanted = expected.getOrDefault(key, ABSENT);
        boolean evicted = version == ABSENT && mayBeEvicted.contains(key);
        if (version != wanted && !evicted) {
          different.add(key);
        }
      });
      return different;
    }
  }
}
