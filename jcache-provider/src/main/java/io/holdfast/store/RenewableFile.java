package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cache file as its users have it: they keep it, and its tables, while the file at the path is set
 * aside because it is damaged, or was removed, renamed or replaced by somebody. An operation that meets
 * this goes on in the next file.
 */
final class RenewableFile {
  private static final Logger logger = System.getLogger(RenewableFile.class.getName());
  private static final int MOST_TRIES = 3;

  private final Generation.Source source;
  private final ReentrantLock renewing = new ReentrantLock();
  private final Map<String, RenewableTable> tables = new HashMap<>();
  private final TableUses uses = new TableUses();
  private final Map<String, RenewableState> states = new HashMap<>();
  private final Set<StoreSettings> required = ConcurrentHashMap.newKeySet();
  private final List<Runnable> whenReplaced = new CopyOnWriteArrayList<>();
  private final AtomicBoolean renewalIsUnderWay = new AtomicBoolean();
  private volatile SetAsides setAsides = SetAsides.NONE;
  private volatile @Nullable StoreStatistics countedBefore;
  private volatile Generation current;
  private volatile @Nullable Coherence coherence;
  private volatile EntryLimit limit;
  private boolean closed;

  RenewableFile(Generation.Source source) {
    this.source = source;
    this.limit = new EntryLimit(source.settings().limits().entryBytes());
    this.current = OwnThread.call("holdfast-open " + source.path().getFileName(), this::openFirst);
    watch(current);
  }

  private Generation openFirst() {
    requireOurs();
    return Generation.first(source, this::noteSetAside);
  }

  // Before the lock makes a file of its own beside one that is none of ours.
  private void requireOurs() {
    if (OpenLock.isThere(path())) {
      return; // all of this is looked at under the lock
    }
    FileGate.checkPlace(path());
    if (!source.isAloneInProcess().getAsBoolean()) {
      return;
    }
    try {
      FileGate.checkContent(path(), source.ifAbsent());
    } catch (DamagedFileException ours) {
      logger.log(Level.DEBUG, ours::getMessage);
    }
  }

  private void noteSetAside(Path aside) {
    setAsides = setAsides.and(aside, source.nowMillis());
  }

  private void watch(Generation generation) {
    generation.file().watch(() -> {
      if (!generation.isInPlace() && renewalIsUnderWay.compareAndSet(false, true)) {
        startRenewal(generation);
      }
    });
  }

  // Not on the thread of the file that is to be closed: closing waits for it.
  private void startRenewal(Generation generation) {
    Thread thread = new Thread(
        () -> {
          try {
            renew(generation, null);
          } catch (RuntimeException e) {
            logger.log(
                Level.WARNING, () -> path() + " is gone or was replaced, and cannot be opened", e);
          } finally {
            renewalIsUnderWay.set(false);
          }
        },
        "holdfast-renewal " + path().getFileName());
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
  }

  Path path() {
    return source.path();
  }

  /** Lets changes pass whose entries are not too large; else throws. */
  void requireFitting(List<? extends Change> changes) {
    limit.require(changes, path());
  }

  FileIdentity identity() {
    return current.identity();
  }

  SetAsides setAsides() {
    return setAsides;
  }

  /** Has this run whenever another file took the place of the one before: no row of it is left. */
  void whenReplaced(Runnable listener) {
    whenReplaced.add(listener);
  }

  /** They are told no more. */
  void forget(List<Runnable> listeners) {
    whenReplaced.removeAll(listeners);
  }

  /** Goes over to the file that is at the path, if it is another one than before. */
  void requireInPlace() {
    Generation open = current;
    if (!open.isInPlace()) {
      renewOutOfReach(open, null);
    }
  }

  /** Runs something on the open file; if another takes its place meanwhile, again on that. */
  <R> R run(Function<SqliteCacheFile, R> operation) {
    return runIn(generation -> operation.apply(generation.file()));
  }

  private <R> R runIn(Function<Generation, R> operation) {
    for (int tries = 1; ; tries++) {
      Generation used = current;
      try {
        return operation.apply(used);
      } catch (StoreException | IllegalStateException e) {
        recover(used, e, tries);
      }
    }
  }

  /**
   * To be called when an operation failed. Returns if it may be tried again because there is another
   * file by now; else throws the failure.
   */
  void recover(Generation used, RuntimeException failure, int tries) {
    if (tries >= MOST_TRIES) {
      throw failure;
    }
    if (EntryLimit.isExceededIn(failure) && deletedOversized(used)) {
      return;
    }
    if (current == used && !(mayNeedRenewal(used, failure) && renewOutOfReach(used, failure))) {
      throw failure;
    }
  }

  // Whoever only looks at a file deletes nothing.
  private boolean deletedOversized(Generation used) {
    return source.ifAbsent() == OpenFiles.IfAbsent.CREATE && used.file().deleteOversized();
  }

  // An IllegalStateException says that the file is closed, perhaps because it is being replaced.
  private boolean mayNeedRenewal(Generation used, RuntimeException failure) {
    return failure instanceof IllegalStateException
        || (source.setsAside() && Damage.isIn(failure))
        || !used.isInPlace();
  }

  private boolean renewOutOfReach(Generation used, @Nullable RuntimeException failure) {
    return OwnThread.call("holdfast-renewal " + path().getFileName(), () -> renew(used, failure));
  }

  /** Whether there is another file now; false if there is no reason for one. */
  private boolean renew(Generation used, @Nullable RuntimeException failure) {
    renewing.lock();
    try {
      if (closed || current != used) {
        return !closed;
      }
      if (!used.endIfUnfit(failure, this::noteSetAside)) {
        return false;
      }
      watch(Generation.next(source, this::noteSetAside, next -> takeOver(used, next)));
    } finally {
      renewing.unlock();
    }
    // With nothing locked: they may take locks that readers hold while they wait for this.
    whenReplaced.forEach(Runnable::run);
    return true;
  }

  private void takeOver(Generation used, Generation next) {
    synchronized (tables) {
      Coherence wanted = coherence;
      if (wanted != null) {
        next.file().watch(wanted);
      }
      required.forEach(next.file()::require);
      tables.values().forEach(table -> table.prepare(next));
      states.forEach((name, state) -> state.copyTo(next.file().state(name)));
      tables.values().forEach(RenewableTable::takeOver);
      countedBefore = statistics(used).withCountersOf(countedBefore);
      current = next;
    }
  }

  /** Has heap tiers hear of other processes' changes, in this file and in those that take its place. */
  void watch(Coherence wanted) {
    if (wanted.mode() == Coherence.Mode.OFF) {
      return;
    }
    Coherence known = coherence;
    if (known == null || wanted.maxDelay().compareTo(known.maxDelay()) < 0) {
      coherence = wanted;
    }
    run(file -> {
      file.watch(wanted);
      return file;
    });
  }

  void catchUp() {
    Generation open = current;
    try {
      open.file().catchUp();
    } catch (StoreException | IllegalStateException e) {
      recover(open, e, 1);
    }
  }

  /** Takes over what a further opening asks for, in this file and in those that take its place. */
  void require(StoreSettings settings) {
    required.add(settings);
    limit = new EntryLimit(Math.min(limit.maxBytes(), settings.limits().entryBytes()));
    run(file -> {
      file.require(settings);
      return file;
    });
  }

  EntryTable openTable(CacheDefinition wanted) {
    boolean isAlone = uses.begin(wanted.name());
    try {
      return runIn(
          generation -> wrap(generation, generation.file().tables().open(wanted, 0, isAlone)));
    } catch (RuntimeException e) {
      uses.end(wanted.name());
      throw e;
    }
  }

  void closeTable(String cacheName) {
    uses.end(cacheName);
  }

  @Nullable
  EntryTable findTable(String cacheName) {
    return this.<Optional<EntryTable>>runIn(
            generation -> Optional.ofNullable(generation.file().tables().find(cacheName))
                .map(found -> wrap(generation, found)))
        .orElse(null);
  }

  private RenewableTable wrap(Generation generation, EntryTable opened) {
    synchronized (tables) {
      if (generation != current) {
        throw new IllegalStateException("The file was replaced while a cache of it was opened");
      }
      RenewableTable known = tables.get(opened.definition().name());
      if (known != null && known.isOn(opened)) {
        return known;
      }
      RenewableTable table = new RenewableTable(this, generation, opened);
      tables.put(opened.definition().name(), table);
      return table;
    }
  }

  boolean drop(String cacheName) {
    boolean dropped = run(file -> file.tables().drop(cacheName));
    synchronized (tables) {
      tables.remove(cacheName);
      states.remove(cacheName);
    }
    return dropped;
  }

  StateTable state(String cacheName) {
    synchronized (tables) {
      return states.computeIfAbsent(cacheName, name -> new RenewableState(this, name));
    }
  }

  /** Counters go on where those of the file before ended. */
  StoreStatistics statistics() {
    return statistics(current).withCountersOf(countedBefore);
  }

  private static StoreStatistics statistics(Generation generation) {
    return generation.file().statistics();
  }

  /** Out of reach of interrupts, which would leave connections open. */
  void close() {
    goOverIfLogWasRemoved();
    OwnThread.call("holdfast-close " + path().getFileName(), () -> {
      renewing.lock();
      try {
        closed = true;
        if (!current.isOver()) {
          close(current);
        }
        return closed;
      } finally {
        renewing.unlock();
      }
    });
  }

  // A checkpoint of a removed log might take pages for those of the log that others have begun.
  private void goOverIfLogWasRemoved() {
    Generation open = current;
    try {
      if (open.isFileInPlace() && !open.isInPlace()) {
        renewOutOfReach(open, null);
      }
    } catch (RuntimeException e) {
      logger.log(Level.WARNING, () -> "The removed log of " + path() + " could not be left", e);
    }
  }

  // Damage that shows only now shows again at the next opening, and is dealt with there.
  private void close(Generation open) {
    try {
      open.close();
    } catch (StoreException e) {
      if (!source.setsAside() || !Damage.isIn(e)) {
        throw e;
      }
      logger.log(Level.WARNING, () -> "The cache file " + path() + " is damaged", e);
    }
  }
}
