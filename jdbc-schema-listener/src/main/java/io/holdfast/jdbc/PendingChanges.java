package io.holdfast.jdbc;

import io.holdfast.jdbc.ddl.DdlVerdict;
import io.holdfast.schema.Suspects;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one open transaction may have changed.
 *
 * @param suspects whose structure; grows until the transaction ends, for {@code ROLLBACK TO} leaves
 *     tables under suspicion: looking once too often is cheap
 * @param kinds first words of the statements
 * @param statements how many of them a rollback would undo
 * @param marks the savepoints, oldest first
 * @param mayHideDdl whether a statement may have run DDL that its text does not show
 * @param steering who opened the transaction, and whether we can be sure that it still is
 */
record PendingChanges(
    Suspects suspects,
    Set<String> kinds,
    int statements,
    List<Mark> marks,
    boolean mayHideDdl,
    Steering steering) {

  static final PendingChanges NONE =
      new PendingChanges(Suspects.NONE, Set.of(), 0, List.of(), false, Steering.CALLS);

  /** How the transaction is steered; the later, the less is known. */
  enum Steering {
    /** By JDBC calls: autocommit, commit, rollback. */
    CALLS,
    /** A text opened it, and a text will end it. */
    TEXT,
    /** By texts that did not tell clearly whether a transaction is open. */
    UNCLEAR
  }

  /** A savepoint, told by identity, and how many statements came before it. */
  record Mark(Savepoint savepoint, int statements) {}

  PendingChanges {
    kinds = Set.copyOf(kinds);
    marks = List.copyOf(marks);
  }

  /** What these statements may change, once they have run. */
  static PendingChanges of(List<Judgement> judgements) {
    Suspects suspects = Suspects.NONE;
    var kinds = new LinkedHashSet<String>();
    boolean mayHideDdl = false;
    for (Judgement judgement : judgements) {
      DdlVerdict verdict = judgement.verdict();
      suspects = suspects.plus(verdict.suspects());
      if (!verdict.kind().isEmpty()) {
        kinds.add(verdict.kind());
      }
      mayHideDdl |= judgement.mayHideDdl();
    }
    return new PendingChanges(suspects, kinds, 0, List.of(), mayHideDdl, Steering.CALLS);
  }

  PendingChanges withSuspects(Suspects others) {
    return new PendingChanges(others, kinds, statements, marks, mayHideDdl, steering);
  }

  /** The same, steered so, or less clearly if it already was. */
  PendingChanges steered(Steering by) {
    return by.compareTo(steering) <= 0
        ? this
        : new PendingChanges(suspects, kinds, statements, marks, mayHideDdl, by);
  }

  /** This and what further statements may change. */
  PendingChanges plus(PendingChanges further) {
    var union = new LinkedHashSet<>(kinds);
    union.addAll(further.kinds);
    return new PendingChanges(
        suspects.plus(further.suspects),
        union,
        statements + further.statements,
        marks,
        mayHideDdl || further.mayHideDdl,
        steering.compareTo(further.steering) >= 0 ? steering : further.steering);
  }

  /** What two connections have changed that began with the same and worked for the same branch. */
  PendingChanges union(PendingChanges other) {
    PendingChanges both = plus(other);
    return new PendingChanges(
        both.suspects,
        both.kinds,
        Math.max(statements, other.statements),
        List.of(),
        both.mayHideDdl,
        both.steering);
  }

  /** Whether there is nothing that the end of the transaction would have to deal with. */
  boolean isNothing() {
    return suspects.isEmpty() && marks.isEmpty() && !mayHideDdl && steering == Steering.CALLS;
  }

  PendingChanges plusStatements(int count) {
    return new PendingChanges(suspects, kinds, statements + count, marks, mayHideDdl, steering);
  }

  PendingChanges withMark(Savepoint savepoint) {
    var longer = new ArrayList<>(marks);
    longer.add(new Mark(savepoint, statements));
    return new PendingChanges(suspects, kinds, statements, longer, mayHideDdl, steering);
  }

  /** How many statements a rollback to the savepoint undoes. */
  int statementsSince(Savepoint savepoint) {
    int index = indexOf(savepoint);
    return index < 0 ? 0 : statements - marks.get(index).statements();
  }

  /** After a rollback to it the savepoint itself lives on, the later ones do not. */
  PendingChanges backTo(Savepoint savepoint) {
    int index = indexOf(savepoint);
    return index < 0
        ? this
        : new PendingChanges(
            suspects,
            kinds,
            marks.get(index).statements(),
            marks.subList(0, index + 1),
            mayHideDdl,
            steering);
  }

  /** Releasing a savepoint keeps what came after it, and ends the later savepoints. */
  PendingChanges withoutMark(Savepoint savepoint) {
    int index = indexOf(savepoint);
    return index < 0
        ? this
        : new PendingChanges(
            suspects, kinds, statements, marks.subList(0, index), mayHideDdl, steering);
  }

  /** The first word of the statements if it is the same for all, else null. */
  @Nullable
  String kind() {
    return kinds.size() == 1 ? kinds.iterator().next() : null;
  }

  private int indexOf(Savepoint savepoint) {
    for (int i = marks.size() - 1; i >= 0; i--) {
      if (marks.get(i).savepoint() == savepoint) {
        return i;
      }
    }
    return -1;
  }
}
