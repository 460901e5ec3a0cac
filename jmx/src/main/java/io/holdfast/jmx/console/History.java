package io.holdfast.jmx.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What JConsole has seen of an application since its tab was opened. Bounded: series and drifts are
 * rings, and once more than {@value #MAX_BEANS} beans of a kind have come and gone, those that are
 * gone are forgotten.
 */
final class History {

  static final int MAX_BEANS = 200;

  private final CacheHistory allCaches = new CacheHistory();
  private final Map<String, CacheHistory> caches = new HashMap<>();
  private final Map<String, FileHistory> files = new HashMap<>();
  private final DriftLog drifts = new DriftLog();
  private Snapshot last = Snapshot.none(0);
  private boolean connected;
  private long firstMillis;

  void add(Snapshot now) {
    if (firstMillis == 0 && !now.isEmpty()) {
      firstMillis = now.atMillis();
    }
    addRates(now);
    now.files().forEach((name, numbers) -> file(name).add(now.atMillis(), numbers));
    interruptAllBut(now.caches().keySet(), now.files().keySet(), now.atMillis());
    now.databases().values().forEach(database -> drifts.add(database.recent()));
    last = now;
    connected = true;
    forget(caches, now.caches());
    forget(files, now.files());
  }

  private void addRates(Snapshot now) {
    Optional<Rates> all = Optional.empty();
    for (String name : now.caches().keySet()) {
      Optional<Rates> rates = sinceLast(name, now);
      cache(name).add(now.atMillis(), rates);
      if (rates.isPresent()) {
        all = Optional.of(all.map(rates.get()::plus).orElse(rates.get()));
      }
    }
    allCaches.add(now.atMillis(), all);
  }

  private Optional<Rates> sinceLast(String cache, Snapshot now) {
    Numbers earlier = last.caches().get(cache);
    Numbers later = now.caches().get(cache);
    return !connected || earlier == null || later == null
        ? Optional.empty()
        : Rates.between(earlier, last.atMillis(), later, now.atMillis());
  }

  /** The application did not answer: what comes next does not continue the lines. */
  void disconnected(long atMillis) {
    connected = false;
    allCaches.add(atMillis, Optional.empty());
    interruptAllBut(Set.of(), Set.of(), atMillis);
  }

  private void interruptAllBut(Set<String> cachesThere, Set<String> filesThere, long atMillis) {
    caches.forEach((name, history) -> {
      if (!cachesThere.contains(name)) {
        history.add(atMillis, Optional.empty());
      }
    });
    files.forEach((name, history) -> {
      if (!filesThere.contains(name)) {
        history.interrupt(atMillis);
      }
    });
  }

  private static void forget(Map<String, ?> histories, SortedMap<String, ?> present) {
    if (histories.size() > Math.max(MAX_BEANS, present.size())) {
      histories.keySet().retainAll(present.keySet());
    }
  }

  CacheHistory allCaches() {
    return allCaches;
  }

  /** The history of this cache, without samples if it was never seen. */
  CacheHistory cache(String name) {
    return caches.computeIfAbsent(name, unseen -> new CacheHistory());
  }

  FileHistory file(String name) {
    return files.computeIfAbsent(name, unseen -> new FileHistory());
  }

  List<Drift> drifts() {
    return drifts.newestFirst();
  }

  /** The caches of the last answer, by name. */
  List<String> cacheNames() {
    return new ArrayList<>(last.caches().keySet());
  }

  List<String> fileNames() {
    return new ArrayList<>(last.files().keySet());
  }

  SortedMap<String, DatabaseState> databases() {
    return last.databases();
  }

  SortedMap<String, ResponseState> responses() {
    return last.responses();
  }

  /** When the tab saw its first beans; 0 if it saw none yet. */
  long firstMillis() {
    return firstMillis;
  }

  /** When the application answered last; 0 if it never did. */
  long lastMillis() {
    return last.atMillis();
  }
}
