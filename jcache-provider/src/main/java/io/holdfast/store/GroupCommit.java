package io.holdfast.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers that wait for the disk at the same time share one commit: whoever gets the writer's lock
 * first carries out what all of them asked for, each in a savepoint of its own, and commits once. Pays
 * where a commit is an fsync; elsewhere handing work over costs more than the commit.
 *
 * <p>What one member does never shows in another: a member that asks to roll back is rolled back alone,
 * and after a failure all are carried out again, one transaction each.
 */
final class GroupCommit {
  // Keeps a transaction, and with it the wait of the first member, short.
  private static final int MOST_MEMBERS = 64;

  private static final String SAVEPOINT = "SAVEPOINT member";
  private static final String ROLLBACK_TO = "ROLLBACK TO member";
  private static final String RELEASE = "RELEASE member";

  private final Writer writer;
  private final ReentrantLock writerLock;
  private final Queue<Member<?>> waiting = new ConcurrentLinkedQueue<>();

  GroupCommit(Writer writer, ReentrantLock writerLock) {
    this.writer = writer;
    this.writerLock = writerLock;
  }

  /**
   * As {@link Writer#transact(String, Writer.Work, Consumer)}; the work may run in another caller's
   * thread, and again after a rollback.
   */
  <T> @Nullable T run(String action, Writer.Work<T> work, Consumer<T> afterCommit) {
    var member = new Member<>(action, work, afterCommit);
    waiting.add(member);
    while (!member.done) {
      writerLock.lock();
      try {
        if (!member.done) {
          carryOut(takeWaiting());
        }
      } finally {
        writerLock.unlock();
      }
    }
    return member.outcome();
  }

  private List<Member<?>> takeWaiting() {
    var members = new ArrayList<Member<?>>();
    while (members.size() < MOST_MEMBERS) {
      Member<?> member = waiting.poll();
      if (member == null) {
        break;
      }
      members.add(member);
    }
    return members;
  }

  private void carryOut(List<Member<?>> members) {
    if (members.size() == 1) {
      members.get(0).runAlone(writer);
      return;
    }
    try {
      writer.transact(
          "write entries",
          () -> runInSavepoints(members),
          done -> members.forEach(Member::committed));
      members.forEach(Member::finish);
    } catch (OutcomeUnknownException e) {
      members.forEach(member -> member.finishUnknown(e));
    } catch (RuntimeException | Error somebodyFailed) {
      members.forEach(member -> member.runAlone(writer));
    }
  }

  // Null if nobody changed anything.
  private @Nullable Boolean runInSavepoints(List<Member<?>> members) throws SQLException {
    boolean anyChange = false;
    for (Member<?> member : members) {
      writer.statement(SAVEPOINT).executeUpdate();
      if (member.run()) {
        anyChange = true;
      } else {
        writer.statement(ROLLBACK_TO).executeUpdate();
      }
      writer.statement(RELEASE).executeUpdate();
    }
    return anyChange ? Boolean.TRUE : null;
  }

  /** How many callers wait to be carried out. */
  int waiting() {
    return waiting.size();
  }

  /** One caller. Guarded by the writer's lock, except that its caller reads it when it is done. */
  private static final class Member<T> {
    private final String action;
    private final Writer.Work<T> work;
    private final Consumer<T> afterCommit;
    private @Nullable T result;
    private @Nullable Throwable failure;
    private volatile boolean done;

    Member(String action, Writer.Work<T> work, Consumer<T> afterCommit) {
      this.action = action;
      this.work = work;
      this.afterCommit = afterCommit;
    }

    boolean run() throws SQLException {
      result = work.run();
      return result != null;
    }

    void committed() {
      if (result != null) {
        afterCommit.accept(result);
      }
    }

    void finish() {
      done = true;
    }

    void finishUnknown(OutcomeUnknownException cause) {
      if (result != null) {
        failure = new OutcomeUnknownException(action, cause.file(), cause);
      }
      done = true;
    }

    void runAlone(Writer writer) {
      try {
        result = null;
        result = writer.transact(action, work, afterCommit);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      done = true;
    }

    @Nullable
    T outcome() {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      return result;
    }
  }
}
