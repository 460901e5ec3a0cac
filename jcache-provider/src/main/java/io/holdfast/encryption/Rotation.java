package io.holdfast.encryption;

import io.holdfast.store.CacheFile;
import io.holdfast.store.Change;
import io.holdfast.store.Change.Expectation;
import io.holdfast.store.EntryTable;
import io.holdfast.store.StoredEntry;
import io.holdfast.store.StoredKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys under which the values of one cache stand in its file, and the way to bring all of them under
 * the current one. Works beside live use, also of other processes.
 */
public final class Rotation {
  /** In one transaction, which holds up a writer for so long. */
  private static final int STEP_ROWS = 100;

  private final EntryTable table;

  /** Of an open table; for {@link #renew} one of a cache whose values are encrypted. */
  public Rotation(EntryTable table) {
    this.table = table;
  }

  /**
   * Of a cache in an open file.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static Rotation of(CacheFile file, String cacheName) {
    EntryTable table = file.findTable(cacheName);
    if (table == null) {
      throw new IllegalArgumentException("No cache " + cacheName + " in " + file.path());
    }
    return new Rotation(table);
  }

  /**
   * What a walk through the rows came to.
   *
   * @param renewed how many values were encrypted anew
   * @param unreadable how many rows are left under other keys, or none, that could not be decrypted
   */
  public record Renewal(long renewed, long unreadable) {}

  /**
   * How many rows there are by the id of their key; those that are not encrypted, or damaged, under the
   * empty id. Reads all rows, in steps.
   *
   * @throws io.holdfast.store.StoreException if the file cannot be read
   */
  public Map<String, Long> rowsByKeyId() {
    Map<String, Long> rows = new TreeMap<>();
    walk(page -> page.forEach(entry -> rows.merge(keyId(entry), 1L, Long::sum)));
    return rows;
  }

  private static String keyId(StoredEntry entry) {
    Envelope envelope = Envelope.find(entry.value());
    return envelope == null ? "" : envelope.keyId();
  }

  /**
   * Encrypts each value anew that is not under the current key, in small transactions. A row keeps its
   * version, its times and its place among those to be evicted. What ends half way, by a kill or an
   * exception, leaves each row under one key or the other, whole; to go on, call it again.
   *
   * <p>Once it returns with no row unreadable, and all processes that use the file have the same current
   * key, no row needs an earlier one.
   *
   * @param progress hears after each step how many values were encrypted anew so far
   * @throws EncryptionException if there is no current key
   * @throws io.holdfast.store.StoreException if the file cannot be read or written
   */
  public Renewal renew(ValueKeys keys, LongConsumer progress) {
    var cipher = new ValueCipher(keys, table.definition().name());
    var step = new Step(cipher, Objects.requireNonNull(progress, "progress"));
    long before;
    do {
      // A row that was written between its reading and its change is met again.
      before = step.renewed;
      step.overtaken = 0;
      step.unreadable = 0;
      walk(step::take);
    } while (step.overtaken > 0 && step.renewed > before);
    return new Renewal(step.renewed, step.unreadable + step.overtaken);
  }

  private void walk(Consumer<List<StoredEntry>> visitor) {
    long after = Long.MIN_VALUE;
    List<StoredEntry> page = table.page(after, STEP_ROWS);
    while (!page.isEmpty()) {
      visitor.accept(page);
      after = page.get(page.size() - 1).rowId();
      page = table.page(after, STEP_ROWS);
    }
  }

  /** One page at a time. */
  private final class Step {
    private final ValueCipher cipher;
    private final LongConsumer progress;
    private long renewed;
    private long unreadable;
    private long overtaken;

    Step(ValueCipher cipher, LongConsumer progress) {
      this.cipher = cipher;
      this.progress = progress;
    }

    void take(List<StoredEntry> page) {
      List<Change> changes = new ArrayList<>(page.size());
      for (StoredEntry entry : page) {
        Change change = change(entry);
        if (change != null) {
          changes.add(change);
        }
      }
      if (changes.isEmpty()) {
        return;
      }
      if (table.apply(changes).applied()) {
        renewed += changes.size();
      } else {
        changes.forEach(this::applyAlone);
      }
      progress.accept(renewed);
    }

    private @Nullable Change change(StoredEntry entry) {
      if (cipher.isCurrent(entry.value())) {
        return null;
      }
      var value = cipher.renew(entry.value(), entry.key(), entry.version());
      if (value == null) {
        unreadable++;
        return null;
      }
      return new Change.Recast(
          new StoredKey.OfRow(entry.rowId(), entry.key()),
          value,
          Expectation.version(entry.version()));
    }

    private void applyAlone(Change change) {
      if (table.apply(List.of(change)).applied()) {
        renewed++;
      } else {
        overtaken++;
      }
    }
  }
}
