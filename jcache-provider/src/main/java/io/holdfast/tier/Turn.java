package io.holdfast.tier;

import io.holdfast.codec.CodecException;
import io.holdfast.store.Cell;
import io.holdfast.store.Change;
import io.holdfast.store.Change.Expectation;
import io.holdfast.store.StoredKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehcache.core.events.StoreEventSink;
import org.ehcache.core.statistics.StoreOperationOutcomes.ExpirationOutcome;
import org.jspecify.annotations.Nullable;

/**
 * One operation's turn at one key: what it found, and what it decided. Deciding changes nothing;
 * {@link AtomicRows} commits the decision, then reports it. At most one decision afterCommit, the last.
 */
final class Turn<K, V> {
  private static final Logger LOGGER = System.getLogger(Turn.class.getName());

  private final Parts<K, V> parts;
  private final K key;
  private final StoredKey storedKey;
  private final long nowMillis;
  private final @Nullable Row<V> found;
  private final @Nullable Row<V> live;
  private final @Nullable Row<V> dead;
  private final List<Consumer<StoreEventSink<K, V>>> events = new ArrayList<>(1);
  private final List<Runnable> afterCommit = new ArrayList<>(1);
  private @Nullable Function<Expectation, Change> change;
  private boolean rewritesRow;
  private boolean movesExpiry;

  /** What all turns of a tier share. */
  record Parts<K, V>(
      Rows<K, V> rows,
      ExpiryRules<K, V> expiry,
      TierEvents<K, V> events,
      TierCounters counters,
      TierObservers observers) {}

  /**
   * A turn at a key.
   *
   * @param found the row, dead or alive; one that cannot be decrypted is neither, and counts as absent
   * @param isDead whether it has expired
   */
  Turn(
      Parts<K, V> parts,
      K key,
      StoredKey storedKey,
      @Nullable Row<V> found,
      boolean isDead,
      long nowMillis) {
    this.parts = parts;
    this.key = key;
    this.storedKey = storedKey;
    this.nowMillis = nowMillis;
    this.found = found;
    this.live = isDead || found == null || found.isUnreadable() ? null : found;
    this.dead = isDead ? found : null;
  }

  K key() {
    return key;
  }

  /** The row, or null if there is none, it has expired or it cannot be decrypted. */
  @Nullable
  Row<V> live() {
    return live;
  }

  /** Deletes a row that was found expired, with its event; nothing else if the row is alive. */
  void buryTheDead() {
    Row<V> expired = dead;
    if (expired != null) {
      delete();
      if (expired.isOutdated()) {
        afterCommit.add(this::reportOutdated);
      } else if (expired.isUnreadable()) {
        afterCommit.add(parts.counters().expirations::increment); // no listener can be told a value
      } else {
        reportExpired(expired::ownValue);
      }
    }
  }

  // Once per opening: a class that changed may have been in every row.
  private void reportOutdated() {
    if (parts.counters().outdated.getAndIncrement() == 0) {
      LOGGER.log(
          Level.WARNING,
          () -> "Entries of cache '" + parts.rows().table().definition().name()
              + "' are removed as they are met: a class in them has changed or is gone");
    }
  }

  /**
   * Writes a new entry, unless its policy lets it expire at once.
   *
   * @return the entry, or null if nothing was created
   */
  @Nullable
  RowHolder<V> create(V value) {
    long expiresAtMillis = parts.expiry().onCreation(key, value, nowMillis);
    if (expiresAtMillis <= nowMillis) {
      if (found != null) {
        delete();
      }
      return null;
    }
    Cell cell = parts.rows().valueCodec().encode(value);
    RowHolder<V> created = write(cell, value, nowMillis, expiresAtMillis);
    events.add(sink -> sink.created(key, eventValue(cell, value)));
    return created;
  }

  /**
   * Writes a new value of the live entry. If its policy lets it expire at once, the entry is updated,
   * then expired.
   *
   * @return the entry as written; expired already in that case
   */
  RowHolder<V> update(Row<V> old, V value) {
    long expiresAtMillis =
        parts.expiry().onUpdate(key, old::value, value, old.expiresAtMillis(), nowMillis);
    Cell cell = parts.rows().valueCodec().encode(value);
    RowHolder<V> updated = write(cell, value, nowMillis, expiresAtMillis);
    events.add(sink -> sink.updated(key, old::ownValue, eventValue(cell, value)));
    if (expiresAtMillis <= nowMillis) {
      delete();
      reportExpired(() -> eventValue(cell, value));
    }
    return updated;
  }

  /** Removes the live entry. */
  void remove(Row<V> old) {
    delete();
    events.add(sink -> sink.removed(key, old::ownValue));
    afterCommit.add(parts.counters().removals::increment);
  }

  /**
   * Uses the live entry, which may move its expiry.
   *
   * @return the entry with its new expiry
   */
  RowHolder<V> touch(Row<V> used) {
    parts.rows().table().recordAccess(used.rowId(), nowMillis);
    return moveExpiry(
        used, parts.expiry().onAccess(key, used::value, used.expiresAtMillis(), nowMillis));
  }

  /** As {@link #touch}, once the policy has said when the entry expires. */
  RowHolder<V> moveExpiry(Row<V> used, long expiresAtMillis) {
    if (expiresAtMillis <= nowMillis) {
      delete();
      reportExpired(used::ownValue);
    } else if (expiresAtMillis < used.fileExpiresAtMillis()) {
      // Written at once: a kill must not bring an entry back to life.
      change = expectation -> new Change.Touch(storedKey, expiresAtMillis, expectation);
      rewritesRow = false;
      moveExpiry(() -> parts.rows().pending().forget(key));
    } else if (expiresAtMillis != used.expiresAtMillis()) {
      moveExpiry(() -> parts.rows().pending().put(key, used.version(), expiresAtMillis));
    }
    return used.holder(expiresAtMillis, nowMillis);
  }

  private void moveExpiry(Runnable move) {
    movesExpiry = true;
    afterCommit.add(move);
  }

  private RowHolder<V> write(Cell cell, V value, long createdAtMillis, long expiresAtMillis) {
    long version = parts.rows().table().nextVersion();
    Cell column = parts.rows().valueColumn().write(cell, storedKey.column(), version);
    change = expectation ->
        new Change.Put(storedKey, column, version, createdAtMillis, expiresAtMillis, expectation);
    rewritesRow = true;
    afterCommit.add(parts.counters().puts::increment);
    Supplier<V> own = parts.rows().valueCodec().isImmutable()
        ? () -> value
        : () -> parts.rows().valueCodec().decode(cell);
    return new RowHolder<>(own, version, createdAtMillis, expiresAtMillis, nowMillis);
  }

  private void delete() {
    change = expectation -> new Change.Delete(storedKey, expectation);
    rewritesRow = true;
  }

  private void reportExpired(Supplier<V> value) {
    events.add(sink -> sink.expired(key, value));
    afterCommit.add(() -> {
      parts.counters().expirations.increment();
      parts.observers().expiration.begin();
      parts.observers().expiration.end(ExpirationOutcome.SUCCESS);
    });
  }

  /** Listeners never see an object that the caller still holds and may change. */
  private V eventValue(Cell cell, V value) {
    boolean copy = parts.events().hasListeners() && !parts.rows().valueCodec().isImmutable();
    return copy ? parts.rows().valueCodec().decode(cell) : value;
  }

  /** What to commit, provided that the row is still the one found; null for nothing. */
  @Nullable
  Change change() {
    return change(found == null ? Expectation.ABSENT : Expectation.version(found.version()));
  }

  /** What to commit, whatever the row has become; null for nothing. */
  @Nullable
  Change changeAnyway() {
    return change(Expectation.ANY);
  }

  private @Nullable Change change(Expectation expectation) {
    return change == null ? null : change.apply(Fence.over(key, expectation));
  }

  /** Whether the commit replaces or deletes the row, so that what was known of it is void. */
  boolean rewritesRow() {
    return rewritesRow;
  }

  /** Whether the row expires at another time now, so that the heap knows less than this tier. */
  boolean movesExpiry() {
    return movesExpiry;
  }

  /** Whether an expired row was found, of which the heap may hold a copy. */
  boolean foundDead() {
    return dead != null;
  }

  /** The events, in their order; under the key lock, after the commit. */
  void report(StoreEventSink<K, V> sink) {
    afterCommit.forEach(Runnable::run);
    for (Consumer<StoreEventSink<K, V>> event : events) {
      try {
        event.accept(sink);
      } catch (CodecException e) {
        // The change is in the file: its caller must not be told that it failed.
        LOGGER.log(Level.WARNING, () -> "An event is lost: its value cannot be read", e);
      }
    }
  }

  /** An entry that expires with its creation, for a caller that wants the value all the same. */
  RowHolder<V> stillborn(V value) {
    return new RowHolder<>(
        () -> value, parts.rows().table().nextVersion(), nowMillis, nowMillis, nowMillis);
  }
}
