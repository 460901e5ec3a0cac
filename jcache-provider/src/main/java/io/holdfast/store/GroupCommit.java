package io.holdfast.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers that write at the same time share one commit: whoever has the writer's lock carries out
 * what the others ask for meanwhile, each in a savepoint of its own, and commits once. One that comes alone
 * is carried out as if nobody else could come.
 *
 * <p>What one member does never shows in another: a member that asks to roll back is rolled back alone,
 * and after a failure all are carried out again, one transaction each.
 *
 * <p>Nobody waits in the queue of the lock: who is woken there has nothing left to do but to wake the
 * next, and keeps out whoever has. A member that finds the lock taken is done by its holder, or woken by it.
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
    if (waiting.isEmpty() && writerLock.tryLock()) {
      try {
        carryOut(member);
        carryOutNext();
      } finally {
        writer.release();
      }
    } else {
      waiting.add(member);
      awaitDone(member);
    }
    return member.outcome();
  }

  // The lock is tried once this stands in the queue, and its holder looks there once it has let go:
  // so either gets the other. Interrupts are kept, as by a lock.
  private void awaitDone(Member<?> member) {
    boolean interrupted = false;
    while (!member.done) {
      if (writerLock.tryLock()) {
        try {
          carryOutUntilDone(member);
        } finally {
          writer.release();
        }
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void carryOutUntilDone(Member<?> member) {
    while (!member.done) {
      carryOutNext();
    }
    carryOutNext();
  }

  // Called once more when one's own work is done; then another takes over.
  private void carryOutNext() {
    Member<?> first = waiting.poll();
    if (first != null) {
      carryOut(first);
    }
  }

  /** Wakes the first in the queue; by whoever has let go of the lock. */
  void wakeNext() {
    Member<?> next = waiting.peek();
    if (next != null) {
      LockSupport.unpark(next.caller);
    }
  }

  private void carryOut(Member<?> first) {
    List<Member<?>> members = new ArrayList<>(2);
    members.add(first);
    try {
      writer.transact(
          first.action,
          () -> runTogether(first, members),
          done -> members.forEach(Member::committed),
          first.startNanos);
      members.forEach(Member::finish);
    } catch (OutcomeUnknownException e) {
      members.forEach(member -> member.finishUnknown(e));
    } catch (RuntimeException | Error failure) {
      if (members.size() == 1) {
        first.fail(failure);
      } else {
        members.forEach(member -> member.runAlone(writer));
      }
    }
  }

  // Null if the first changes nothing: then none joins it.
  private @Nullable Boolean runTogether(Member<?> first, List<Member<?>> members)
      throws SQLException {
    if (!first.run()) {
      return null;
    }
    while (members.size() < MOST_MEMBERS) {
      Member<?> next = waiting.poll();
      if (next == null) {
        break;
      }
      members.add(next);
      writer.statement(SAVEPOINT).executeUpdate();
      if (!next.run()) {
        writer.statement(ROLLBACK_TO).executeUpdate();
      }
      writer.statement(RELEASE).executeUpdate();
    }
    return Boolean.TRUE;
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
    private final Thread caller = Thread.currentThread();
    private final long startNanos = System.nanoTime();
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
      if (caller != Thread.currentThread()) {
        LockSupport.unpark(caller);
      }
    }

    void fail(Throwable cause) {
      result = null;
      failure = cause;
      finish();
    }

    void finishUnknown(OutcomeUnknownException cause) {
      if (result != null) {
        failure = caller == Thread.currentThread()
            ? cause
            : new OutcomeUnknownException(action, cause.file(), cause);
      }
      finish();
    }

    void runAlone(Writer writer) {
      try {
        result = null;
        result = writer.transact(action, work, afterCommit);
        finish();
      } catch (RuntimeException | Error e) {
        fail(e);
      }
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
