package io.holdfast.jdbc;

import io.holdfast.schema.SqlName;
import io.holdfast.schema.Suspects;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchedDatabase;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How one physical connection resolves names without a schema, as far as what went through us tells.
 *
 * <p>Unknown is a good answer: such a name then stands for the tables of that name in every schema. So
 * the path is only believed where it was set through us, and forgotten as soon as something may have
 * changed it behind our back.
 */
final class SessionNames {

  /** A connection that makes more temporary objects than this hides every table. */
  private static final int MAX_SHADOWS = 500;

  private final boolean pathIsTransactional;
  private final AtomicReference<State> state;

  /**
   * What is known.
   *
   * @param path the schemas that are searched, null if unknown
   * @param changed whether the open transaction has changed the path
   * @param pathAtCommit what it becomes with a commit: SET LOCAL does not outlive the transaction
   * @param pathBefore what a rollback goes back to
   * @param shadows temporary objects by name in lower case; null for too many to tell
   */
  private record State(
      @Nullable List<String> path,
      boolean changed,
      @Nullable List<String> pathAtCommit,
      @Nullable List<String> pathBefore,
      @Nullable Set<String> shadows) {}

  /**
   * A new connection.
   *
   * @param pathIsTransactional whether a rollback takes back a change of the path
   * @param path the schemas that are searched, null if unknown
   */
  SessionNames(boolean pathIsTransactional, @Nullable List<String> path) {
    this.pathIsTransactional = pathIsTransactional;
    this.state = new AtomicReference<>(settled(path, Set.of()));
  }

  /** A text has succeeded that changes the context. */
  void changed(NamingChange change, boolean inTransaction) {
    state.updateAndGet(now -> {
      State next = withShadows(now, change.shadowed());
      return change.changesPath() ? withPath(next, change, inTransaction) : next;
    });
  }

  /** Such a text has failed; if it held several statements, some of them may have run. */
  void failedToChange(NamingChange change) {
    boolean certain = change.schemas() != null;
    if (!certain) {
      changed(change, false);
    }
  }

  private State withPath(State now, NamingChange change, boolean inTransaction) {
    if (!pathIsTransactional || !inTransaction) {
      // SET LOCAL outside a transaction does nothing.
      return change.local() ? now : settled(change.schemas(), now.shadows);
    }
    List<String> staying = now.changed ? now.pathAtCommit : now.path;
    return new State(
        change.schemas(),
        true,
        change.local() ? staying : change.schemas(),
        now.changed ? now.pathBefore : now.path,
        now.shadows);
  }

  private static State settled(@Nullable List<String> path, @Nullable Set<String> shadows) {
    return new State(path, false, null, null, shadows);
  }

  private static State withShadows(State now, Set<String> further) {
    if (now.shadows == null || further.isEmpty() || now.shadows.containsAll(further)) {
      return now;
    }
    var all = new HashSet<>(now.shadows);
    all.addAll(further);
    Set<String> shadows = all.size() > MAX_SHADOWS ? null : Set.copyOf(all);
    return new State(now.path, now.changed, now.pathAtCommit, now.pathBefore, shadows);
  }

  void committed() {
    ended(now -> now.pathAtCommit);
  }

  void rolledBack() {
    ended(now -> now.pathBefore);
  }

  /** Within the transaction, to a savepoint: perhaps from before the change. */
  void rolledBackTo() {
    if (isChangedInTransaction()) {
      changed(NamingChange.UNKNOWN_PATH, true);
    }
  }

  /** The transaction has ended, or not, and nobody knows how. */
  void endedSomehow() {
    ended(now -> null);
  }

  private interface PathAfter {
    @Nullable
    List<String> of(State now);
  }

  private void ended(PathAfter path) {
    if (isChangedInTransaction()) {
      state.updateAndGet(now -> settled(path.of(now), now.shadows));
    }
  }

  boolean isChangedInTransaction() {
    return state().changed;
  }

  /** Whether a temporary object may hide the table from this connection. */
  boolean hides(TableName table) {
    Set<String> shadows = state().shadows;
    return shadows == null
        || (!shadows.isEmpty() && shadows.contains(table.name().toLowerCase(Locale.ROOT)));
  }

  /**
   * The suspects with their schemas, where the path leads to tables that are known. Not beside names
   * that have one: a new name in a text belongs where the old one is, not where the path leads.
   */
  Suspects qualified(Suspects suspects, WatchedDatabase database) {
    List<String> path = state().path;
    if (path == null || suspects.names().stream().anyMatch(name -> name.schema() != null)) {
      return suspects;
    }
    Set<TableName> known = database.structures().keySet();
    var names = new LinkedHashSet<SqlName>();
    for (SqlName name : suspects.names()) {
      if (leadsToATable(name, path, known)) {
        path.forEach(schema -> names.add(new SqlName(schema, name.name())));
      } else {
        names.add(name);
      }
    }
    return new Suspects(suspects.everything(), names);
  }

  private static boolean leadsToATable(SqlName name, List<String> path, Set<TableName> known) {
    return known.stream()
        .anyMatch(table -> table.name().equalsIgnoreCase(name.name())
            && path.stream().anyMatch(table.schema()::equalsIgnoreCase));
  }

  private State state() {
    return Objects.requireNonNull(state.get());
  }
}
