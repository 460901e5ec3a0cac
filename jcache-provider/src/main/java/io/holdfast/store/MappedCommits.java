package io.holdfast.store;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts commits in the mapped log index, takes off those of this process, and reads in the {@link
 * ChangeRing} what the others changed.
 *
 * <p>The count of own commits is read before the index. So it is never more than what the index holds,
 * and a difference between the two may be an own commit that just happens, but a foreign commit is
 * never overlooked.
 */
final class MappedCommits implements CommitSource {
  /** How long a commit may stay unconfirmed: its process sleeps, or was killed in its commit. */
  private static final long CONFIRM_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final IntSupplier committed;
  private final ChangeRing ring;
  private final CommitJournal own;
  private final Runnable ringIsOld;
  private final LongSupplier nanoTime;
  private final AtomicReference<Seen> seen;
  private final Map<Integer, Long> unconfirmed = new LinkedHashMap<>();
  private volatile boolean awaitsConfirmation;
  private @Nullable Seen lookedUpTo;

  /**
   * Up to where all is known.
   *
   * @param number of the newest commit
   * @param ownCommits of this process, up to that one
   * @param isOwnExact false after an unexplained commit, until an own one says how many there were
   */
  private record Seen(int number, int ownCommits, boolean isOwnExact) {}

  /**
   * Starts at this moment, before anything is committed by this process.
   *
   * @param committed how many commits the log index has counted
   * @param ringIsOld called when the numbering of commits began anew: the ring must be cleaned
   */
  MappedCommits(
      IntSupplier committed,
      ChangeRing ring,
      CommitJournal own,
      Runnable ringIsOld,
      LongSupplier nanoTime) {
    this.committed = committed;
    this.ring = ring;
    this.own = own;
    this.ringIsOld = ringIsOld;
    this.nanoTime = nanoTime;
    this.seen = new AtomicReference<>(new Seen(committed.getAsInt(), own.commits(), true));
  }

  @Override
  public boolean isCurrent() {
    Seen known = requireNonNull(seen.get());
    return committed.getAsInt() == known.number() || areAllOwn(known);
  }

  private boolean areAllOwn(Seen known) {
    int ownCommits = own.commits();
    int newest = committed.getAsInt();
    if (!known.isOwnExact() || newest - known.number() != ownCommits - known.ownCommits()) {
      return false;
    }
    seen.compareAndSet(known, new Seen(newest, ownCommits, true));
    return true;
  }

  @Override
  public boolean isSettled() {
    return !awaitsConfirmation && isCurrent();
  }

  @Override
  public boolean canReadersAsk() {
    return true;
  }

  @Override
  public News look() {
    Seen known = requireNonNull(seen.get());
    int newest = committed.getAsInt();
    int distance = newest - known.number();
    if (distance < 0 || distance >= ChangeRing.COMMITS) {
      if (distance < 0) {
        ringIsOld.run();
      }
      unconfirmed.clear();
      lookedUpTo = new Seen(newest, known.ownCommits(), false);
      return new News(1, false, Map.of());
    }
    return walk(known, newest);
  }

  private News walk(Seen known, int newest) {
    boolean isExplained = confirmEarlier();
    boolean isOwnExact = known.isOwnExact();
    int ownCommits = known.ownCommits();
    long foreign = isExplained ? 0 : 1;
    Map<Long, RowIds> rowIds = RowIds.newMap();
    for (int number = known.number() + 1; number - newest <= 0; number++) {
      // In this order: a commit that is not under way any more has sealed its slot.
      boolean isUnderWay = own.isUnderWay(number);
      ChangeRing.Slot slot = ring.read(number, own.owner());
      boolean isMine = slot != null && slot.owner() == own.owner();
      if (slot != null && isMine && (slot.isSealed() || isUnderWay)) {
        ownCommits = slot.ownerCommits();
        isOwnExact = true;
        continue;
      }
      foreign++;
      if (slot == null || isMine) {
        isExplained = false;
        continue;
      }
      RowIds.collect(rowIds, slot.cells());
      if (!slot.isSealed()) {
        unconfirmed.put(number, nanoTime.getAsLong());
      }
    }
    lookedUpTo = new Seen(newest, ownCommits, isOwnExact && isExplained);
    return new News(foreign, isExplained, rowIds);
  }

  // What they announced was acted on at once. What is open is whether the commit was theirs.
  private boolean confirmEarlier() {
    long nowNanos = nanoTime.getAsLong();
    for (Iterator<Map.Entry<Integer, Long>> each = unconfirmed.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<Integer, Long> announced = each.next();
      ChangeRing.Slot slot = ring.read(announced.getKey(), own.owner());
      if (slot != null && slot.isSealed()) {
        each.remove();
      } else if (slot == null || nowNanos - announced.getValue() > CONFIRM_NANOS) {
        unconfirmed.clear();
        return false;
      }
    }
    return true;
  }

  @Override
  public void acted() {
    Seen reached = lookedUpTo;
    if (reached != null) {
      seen.set(reached);
      awaitsConfirmation = !unconfirmed.isEmpty();
    }
  }
}
