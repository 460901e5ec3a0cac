package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.schema.SqlName;
import io.holdfast.schema.Suspects;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rules find in one statement. Filled by {@link StatementRules}, read once. */
final class StatementFinding {

  private Answer answer = Answer.NO;
  private boolean everything;
  private boolean transactionControl;
  private boolean contextChange;
  private final List<SqlName> objects = new ArrayList<>();
  private final Set<SqlName> suspects = new LinkedHashSet<>();

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
    if (name == null) {
      everything = true;
    } else {
      suspects.add(name);
    }
    raise(certainty);
  }

  /** An object of the change that is no table itself. */
  void object(@Nullable SqlName name) {
    if (name != null) {
      objects.add(name);
    }
  }

  /** A table that may be affected beside the one that the statement is about. */
  void alsoSuspect(@Nullable SqlName name) {
    if (name != null) {
      suspects.add(name);
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
    objects.addAll(other.objects);
    suspects.addAll(other.suspects);
  }

  Answer answer() {
    return answer;
  }

  /** Ends the statement: no change leaves no names, and a change without names may be anywhere. */
  void complete() {
    if (answer == Answer.NO) {
      suspects.clear();
      everything = false;
      if (!contextChange) {
        objects.clear();
      }
    } else if (suspects.isEmpty()) {
      everything = true;
    }
  }

  /** The verdict of all that was absorbed; {@code kind} is the first word of what decides. */
  DdlVerdict verdict(String kind) {
    if (answer == Answer.NO && !transactionControl && !contextChange) {
      return DdlVerdict.NO;
    }
    Suspects whom = everything ? Suspects.ALL : Suspects.of(suspects);
    return new DdlVerdict(answer, kind, objects, whom, transactionControl, contextChange);
  }
}
