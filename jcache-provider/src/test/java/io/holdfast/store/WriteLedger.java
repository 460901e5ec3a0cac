package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.store.WriteLog.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the file of a killed process must hold, from what its {@link WriteLog} said: of each key what was
 * acknowledged last, or what was under way, as a whole; with relaxed durability a later prefix of what was
 * acknowledged within the bound.
 */
public final class WriteLedger {
  public static final String ABSENT = "-";

  private final long boundNanos;
  private final Map<String, List<State>> histories = new TreeMap<>();
  private final Map<String, Operation> underWay = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Set<String> maybeGone = new HashSet<>();
  private final Set<String> everWritten = new HashSet<>();
  private long newestRelaxedNanos = Long.MIN_VALUE;
  private long acknowledged;

  /**
   * A state of a key.
   *
   * @param isSafe whether it was in the file when it was acknowledged
   */
  private record State(String version, boolean isSafe, long afterNanos) {}

  private record Operation(Kind kind, Map<String, String> states) {}

  /** With the bound of relaxed writes; 0 if all are in the file when acknowledged. */
  public WriteLedger(long boundNanos) {
    this.boundNanos = boundNanos;
  }

  /** Takes a line of the log. */
  public void accept(String line) {
    if (!line.endsWith(" .")) {
      return; // cut by the kill: what it announces was not begun, what it acknowledges may be there
    }
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case ">" ->
        underWay.put(
            words[1],
            operation(Kind.valueOf(words[2]), Arrays.asList(words).subList(3, words.length - 1)));
      case "<" -> acknowledge(words);
      case "?" -> maybeGone.add(words[1]);
      case "!" -> gone.add(words[1]);
      default -> throw new AssertionError("the writing process failed: " + line);
    }
  }

  private Operation operation(Kind kind, List<String> words) {
    Map<String, String> states = new LinkedHashMap<>();
    if (kind == Kind.CLEAR) {
      histories.keySet().forEach(key -> states.put(key, ABSENT));
    }
    for (String state : words) {
      if (state.isEmpty()) {
        continue;
      }
      String[] parts = state.split("=", 2);
      states.put(parts[0], parts[1]);
      if (!parts[1].equals(ABSENT)) {
        assertThat(everWritten.add(parts[1])).as("version used once: " + state).isTrue();
      }
    }
    return new Operation(kind, states);
  }

  private void acknowledge(String[] words) {
    Operation operation = underWay.remove(words[1]);
    if (!Boolean.parseBoolean(words[2])) {
      return;
    }
    acknowledged++;
    boolean isSafe = operation.kind() != Kind.RELAXED || boundNanos == 0;
    long afterNanos = Long.parseLong(words[4]);
    if (!isSafe) {
      newestRelaxedNanos = Math.max(newestRelaxedNanos, Long.parseLong(words[3]));
    }
    operation.states().forEach((key, version) -> {
      List<State> history = histories.computeIfAbsent(key, unknown -> new ArrayList<>());
      if (isSafe) {
        history.clear();
      }
      history.add(new State(version, isSafe, afterNanos));
    });
  }

  /** Operations acknowledged so far. */
  public long acknowledged() {
    return acknowledged;
  }

  /** Operations that were cut by the kill. */
  public int underWay() {
    return underWay.size();
  }

  /**
   * Compares, then starts anew from what was found.
   *
   * @param found the version of each key that is there
   * @param mostEvicted how many rows may be gone by an eviction that was not told of any more
   */
  public void assertAllows(Map<String, String> found, int mostEvicted, String when) {
    Set<String> evicted = new HashSet<>();
    Set<String> keys = new HashSet<>(histories.keySet());
    keys.addAll(found.keySet());
    underWay.values().forEach(operation -> keys.addAll(operation.states().keySet()));
    for (String key : keys) {
      String version = found.getOrDefault(key, ABSENT);
      Set<String> allowed = acknowledgedStates(key);
      for (Operation operation : underWay.values()) {
        if (operation.states().containsKey(key)) {
          allowed.add(operation.states().get(key));
        }
      }
      if (version.equals(ABSENT) && !allowed.contains(ABSENT) && mostEvicted > 0) {
        evicted.add(key);
      } else {
        assertThat(version).as(when + ", " + key).isIn(allowed);
      }
    }
    assertThat(evicted).as(when + ", evicted").hasSizeLessThanOrEqualTo(mostEvicted);
    underWay.values().forEach(operation -> assertWhole(operation, found, mostEvicted > 0, when));
    startFrom(found);
  }

  private Set<String> acknowledgedStates(String key) {
    Set<String> states = new HashSet<>();
    List<State> history = histories.getOrDefault(key, List.of());
    int first = 0;
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).isSafe() || isOlderThanTheBound(history.get(i))) {
        first = i;
      }
    }
    if (history.isEmpty()
        || !(history.get(first).isSafe() || isOlderThanTheBound(history.get(first)))) {
      states.add(ABSENT); // nothing of this key had to be in the file yet
    }
    for (State state : history.subList(first, history.size())) {
      String named = key + "=" + state.version();
      if (gone.contains(named)) {
        states.add(ABSENT);
        continue;
      }
      states.add(state.version());
      if (maybeGone.contains(named)) {
        states.add(ABSENT);
      }
    }
    return states;
  }

  // A relaxed write is not acknowledged while an older one has waited longer than the bound.
  private boolean isOlderThanTheBound(State state) {
    return newestRelaxedNanos != Long.MIN_VALUE
        && state.afterNanos() < newestRelaxedNanos - boundNanos;
  }

  private void assertWhole(
      Operation operation, Map<String, String> found, boolean mayBeEvicted, String when) {
    if (operation.kind() == Kind.EACH) {
      return;
    }
    List<String> done = new ArrayList<>();
    List<String> notDone = new ArrayList<>();
    operation.states().forEach((key, wanted) -> {
      String version = found.getOrDefault(key, ABSENT);
      if (mayBeEvicted && version.equals(ABSENT)) {
        return; // says nothing: deleted by this write, or evicted by another that was cut too
      }
      if (!version.equals(wanted)) {
        notDone.add(key + "=" + wanted);
      } else if (!acknowledgedStates(key).contains(version)) {
        done.add(key + "=" + wanted);
      }
    });
    assertThat(done.isEmpty() || notDone.isEmpty())
        .as(when + ": of one write " + done + " are there and " + notDone + " are not")
        .isTrue();
  }

  private void startFrom(Map<String, String> found) {
    histories.clear();
    found.forEach((key, version) -> histories.put(
        key, new ArrayList<>(List.of(new State(version, /* isSafe= */ true, Long.MIN_VALUE)))));
    underWay.clear();
    gone.clear();
    maybeGone.clear();
    newestRelaxedNanos = Long.MIN_VALUE;
  }
}
