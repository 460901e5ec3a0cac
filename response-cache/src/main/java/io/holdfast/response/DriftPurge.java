package io.holdfast.response;

import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.StructureChange;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Removes the answers that a drift superseded, behind the callers' backs.
 *
 * <p>After a change of structure nobody asks for the old keys, so that purge only frees space. A table
 * that was replaced or truncated keeps its structure and its keys: there {@link #isSuperseded} makes
 * the old answers misses at once, however long the purge takes or if it fails.
 *
 * <p>One walk over the cache serves all drifts that came before it began.
 */
final class DriftPurge {

  private final GuardedCache cache;
  private final Executor executor;
  private final InstantSource clock;
  private final boolean keepHistory;
  private final OnceLog log;

  private final Map<String, Request> pending = new ConcurrentHashMap<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  // One number per table ever replaced while this cache
  // lived: bounded by the schema, so never cleared.
  private final Map<String, Long> replacedAtMillis = new ConcurrentHashMap<>();

  DriftPurge(
      GuardedCache cache,
      Executor executor,
      InstantSource clock,
      boolean keepHistory,
      OnceLog log) {
    this.cache = cache;
    this.executor = executor;
    this.clock = clock;
    this.keepHistory = keepHistory;
    this.log = log;
  }

  /**
   * What is superseded of one table.
   *
   * @param currentStructure keys with another structure hash go; null if the table is gone
   * @param replacedAtMillis entries not younger than this go whatever their key
   */
  private record Request(@Nullable String currentStructure, long replacedAtMillis) {

    boolean covers(String key, String tablePrefix, CachedResponse response) {
      return !SchemaKeyText.structureHash(key, tablePrefix).equals(currentStructure)
          || response.createdAtMillis() <= replacedAtMillis;
    }
  }

  /** Notes the drift and returns; the walk runs on the executor. */
  void drifted(SchemaDrift drift) {
    String prefix = SchemaKeyText.tablePrefix(drift.database().id(), drift.table());
    boolean replaced =
        drift.changes().stream().anyMatch(StructureChange.TableReplaced.class::isInstance);
    long replacedAt = replaced ? clock.millis() : Long.MIN_VALUE;
    if (replaced) {
      replacedAtMillis.merge(prefix, replacedAt, Math::max);
    }
    if (keepHistory) {
      return;
    }
    String current = drift.after() == null ? null : drift.after().value();
    pending.merge(
        prefix,
        new Request(current, replacedAt),
        (before, now) -> new Request(
            now.currentStructure(), Math.max(before.replacedAtMillis(), now.replacedAtMillis())));
    if (scheduled.compareAndSet(false, true)) {
      try {
        executor.execute(this::purge);
      } catch (RejectedExecutionException e) {
        // It stays pending: the walk after the next drift takes it along.
        scheduled.set(false);
        log.warn("purge", () -> "superseded answers cannot be purged now", e);
      }
    }
  }

  /** Whether this entry is of a table that has been replaced since, under an unchanged key. */
  boolean isSuperseded(String key, CachedResponse response) {
    if (replacedAtMillis.isEmpty()) {
      return false;
    }
    // The prefix ends with the second '#'.
    int end = key.indexOf('#', key.indexOf('#') + 1);
    Long replaced = end < 0 ? null : replacedAtMillis.get(key.substring(0, end + 1));
    return replaced != null && response.createdAtMillis() <= replaced;
  }

  private void purge() {
    // First, so that a drift from here on schedules the next walk.
    scheduled.set(false);
    Map<String, Request> requests = Map.copyOf(pending);
    if (requests.isEmpty()) {
      return;
    }
    int removed = cache.removeIf((key, response) -> requests.entrySet().stream()
        .anyMatch(request -> key.startsWith(request.getKey())
            && request.getValue().covers(key, request.getKey(), response)));
    if (removed >= 0) {
      // What failed stays pending, for the walk after the next drift.
      requests.forEach(pending::remove);
    }
  }
}
