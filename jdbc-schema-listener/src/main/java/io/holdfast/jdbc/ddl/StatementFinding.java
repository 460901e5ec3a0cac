package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.schema.SqlName;
import io.holdfast.schema.Suspects;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rules find in one statement. Filled by {@link StatementRules}, read once. */
final class StatementFinding {

  private static final int MOST_IN_A_LIST = 16;

  private Answer answer = Answer.NO;
  private boolean everything;
  private boolean transactionControl;
  private boolean contextChange;
  private boolean emptied;

  // Most statements have none, and nearly all of the others one or two.
  private List<SqlName> objects = List.of();
  private Collection<SqlName> suspects = List.of();

  /** Raises the answer; it never sinks. */
  void raise(Answer atLeast) {
    if (atLeast.compareTo(answer) < 0) {
      answer = atLeast;
    }
  }

  void capAtMaybe() {
    if (answer == Answer.YES) {
      answer = Answer.MAYBE;
    }
  }

  /** This object changes, for certain or only perhaps; a null name is one that could not be read. */
  void changes(@Nullable SqlName name, Answer certainty) {
    object(name);
    suspect(name);
    raise(certainty);
  }

  /** This table keeps its structure, but what was answered from its rows is gone with them. */
  void empties(@Nullable SqlName name) {
    object(name);
    suspect(name);
    emptied = true;
  }

  /** An object of the change that is no table itself. */
  void object(@Nullable SqlName name) {
    if (name != null) {
      if (objects.isEmpty()) {
        objects = new ArrayList<>(4);
      }
      objects.add(name);
    }
  }

  /** A table that may be affected beside the one that the statement is about. */
  void alsoSuspect(@Nullable SqlName name) {
    if (name != null && !suspects.contains(name)) {
      if (suspects.isEmpty()) {
        suspects = new ArrayList<>(4);
      } else if (suspects.size() == MOST_IN_A_LIST) {
        suspects = new LinkedHashSet<>(suspects);
      }
      suspects.add(name);
    }
  }

  private void suspect(@Nullable SqlName name) {
    if (name == null) {
      everything = true;
    } else {
      alsoSuspect(name);
    }
  }

  void suspectEverything() {
    everything = true;
  }

  void maybeAnything() {
    raise(Answer.MAYBE);
    everything = true;
  }

  void transactionControl() {
    transactionControl = true;
  }

  void contextChange() {
    contextChange = true;
  }

  /** A temporary object: no change for others, but from now on it may hide a permanent one. */
  void temporary(@Nullable SqlName name) {
    object(name);
    contextChange = true;
  }

  /** Takes over what was found apart. */
  void absorb(StatementFinding other) {
    raise(other.answer);
    everything |= other.everything;
    transactionControl |= other.transactionControl;
    contextChange |= other.contextChange;
    emptied |= other.emptied;
    other.objects.forEach(this::object);
    other.suspects.forEach(this::alsoSuspect);
  }

  Answer answer() {
    return answer;
  }

  boolean isEmptying() {
    return emptied;
  }

  /** Ends the statement: no change leaves no names, and a change without names may be anywhere. */
  void complete() {
    if (answer == Answer.NO && !emptied) {
      suspects = List.of();
      everything = false;
      if (!contextChange) {
        objects = List.of();
      }
    } else if (suspects.isEmpty()) {
      everything = true;
    }
  }

  /** The verdict of all that was absorbed; {@code kind} is the first word of what decides. */
  DdlVerdict verdict(String kind) {
    if (answer == Answer.NO && !transactionControl && !contextChange && !emptied) {
      return DdlVerdict.NO;
    }
    Suspects whom = everything ? Suspects.ALL : Suspects.of(asSet());
    return new DdlVerdict(answer, kind, objects, whom, transactionControl, contextChange);
  }

  private Set<SqlName> asSet() {
    // Set.copyOf would copy twice and hash each time.
    return suspects.size() == 1 ? Set.of(suspects.iterator().next()) : Set.copyOf(suspects);
  }
}
