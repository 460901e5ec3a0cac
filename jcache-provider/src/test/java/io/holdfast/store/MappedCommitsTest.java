package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteConnection;

/** Two processes that share a log index and a ring of changes, played in one. */
final class MappedCommitsTest {
  private static final long CACHE = 7;

  private final AtomicInteger index = new AtomicInteger(Integer.MAX_VALUE - 5);
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger cleanings = new AtomicInteger();
  private final ChangeRing ring = ChangeRing.ofThisProcess();
  private final Party me = new Party();
  private final Party other = new Party();
  private final MappedCommits commits =
      new MappedCommits(index::get, ring, me.journal, cleanings::incrementAndGet, nanos::get);

  /** One process: its journal, over a database of its own that only counts changed rows. */
  private final class Party implements AutoCloseable {
    private final SQLiteConnection connection;
    private final Statement statement;
    private final CommitJournal journal;

    Party() {
      try {
        Connection opened = DriverManager.getConnection("jdbc:sqlite::memory:");
        connection = opened.unwrap(SQLiteConnection.class);
        statement = connection.createStatement();
        statement.execute("CREATE TABLE t (x)");
        statement.execute("INSERT INTO t VALUES (0)");
        journal = new CommitJournal(connection);
        journal.publishTo(index::get, ring);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    void announce(long... rowIds) throws SQLException {
      journal.begun();
      for (long rowId : rowIds) {
        statement.executeUpdate("UPDATE t SET x = x + 1");
        journal.row(CACHE, rowId);
      }
      journal.committing();
    }

    void commit(long... rowIds) throws SQLException {
      announce(rowIds);
      index.incrementAndGet();
      journal.committed();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  @AfterEach
  void close() throws SQLException {
    me.close();
    other.close();
  }

  /** What a listener of the cache hears; "all" for everything. */
  private List<String> heard() {
    List<String> heard = new ArrayList<>();
    CommitSource.News news = commits.look();
    ForeignChanges listener = new ForeignChanges() {
      @Override
      public boolean isInterested() {
        return true;
      }

      @Override
      public int rowsChanged(long[] rowIds) {
        for (long rowId : rowIds) {
          heard.add(String.valueOf(rowId));
        }
        return rowIds.length;
      }

      @Override
      public int everythingChanged() {
        heard.add("all");
        return 1;
      }
    };
    if (news.isExplained()) {
      news.rowIds().values().forEach(rows -> rows.tell(listener));
    } else {
      listener.everythingChanged();
    }
    commits.acted();
    return heard;
  }

  @Test
  void isCurrent_afterOwnCommits_staysTrue() throws Exception {
    for (int i = 0; i < 3 * ChangeRing.COMMITS; i++) {
      me.commit(i);
    }
    assertThat(commits.isCurrent()).isTrue();
    assertThat(heard()).isEmpty();
  }

  @Test
  void look_afterForeignCommits_namesTheirRows() throws Exception {
    me.commit(1);
    other.commit(2, 3);
    me.commit(4);
    other.commit(5);
    assertThat(commits.isCurrent()).isFalse();
    assertThat(heard()).containsExactly("2", "3", "5");
    assertThat(commits.isCurrent()).isTrue();
  }

  @Test
  void look_afterForeignCommitsAcrossTheEndOfTheCounter_namesTheirRows() throws Exception {
    for (int i = 0; i < 10; i++) {
      other.commit(i);
      assertThat(heard()).containsExactly(String.valueOf(i));
    }
    assertThat(index.get()).isNegative();
  }

  @Test
  void look_afterACommitWithoutWord_takesEverythingForChanged() throws Exception {
    me.commit(1);
    index.incrementAndGet(); // a shell
    me.commit(2);
    assertThat(heard()).containsExactly("all");
    assertThat(commits.isCurrent()).isTrue();
  }

  @Test
  void isCurrent_afterAnUnexplainedCommit_countsOwnCommitsExactlyAgain() throws Exception {
    index.incrementAndGet();
    assertThat(heard()).containsExactly("all");
    me.commit(1);
    assertThat(heard()).isEmpty();
    me.commit(2);
    index.incrementAndGet();
    assertThat(commits.isCurrent()).isFalse();
    assertThat(heard()).containsExactly("all");
  }

  @Test
  void look_afterAForeignCommitThatChangedNoRow_namesNone() throws Exception {
    other.announce();
    other.journal.committed();
    assertThat(commits.isCurrent()).isTrue();
    other.commit(9);
    assertThat(heard()).containsExactly("9");
  }

  @Test
  void look_whileAForeignCommitReturns_actsOnItsWordAndWaitsForTheSeal() throws Exception {
    other.announce(1);
    index.incrementAndGet();
    assertThat(heard()).containsExactly("1");
    assertThat(commits.isSettled()).isFalse();
    other.journal.committed();
    assertThat(heard()).isEmpty();
    assertThat(commits.isSettled()).isTrue();
  }

  @Test
  void look_afterAKilledCommitWhoseNumberAShellTook_takesEverythingForChangedInTheEnd()
      throws Exception {
    other.announce(1);
    index.incrementAndGet(); // the shell's
    assertThat(heard()).containsExactly("1");
    nanos.addAndGet(Duration.ofMillis(51).toNanos());
    assertThat(heard()).containsExactly("all");
    assertThat(commits.isSettled()).isTrue();
  }

  @Test
  void isCurrent_insideAnOwnCommit_isNotMistakenForAForeignOne() throws Exception {
    me.announce(1);
    index.incrementAndGet();
    assertThat(heard()).isEmpty();
    me.journal.committed();
    assertThat(commits.isCurrent()).isTrue();
  }

  @Test
  void look_afterAnOwnCommitThatFailedAndAShells_takesEverythingForChanged() throws Exception {
    me.announce(1);
    me.journal.failed();
    index.incrementAndGet();
    assertThat(heard()).containsExactly("all");
  }

  @Test
  void look_afterMoreCommitsThanTheRingHolds_takesEverythingForChanged() throws Exception {
    for (int i = 0; i <= ChangeRing.COMMITS; i++) {
      other.commit(i);
    }
    assertThat(heard()).containsExactly("all");
  }

  @Test
  void look_afterACommitOfManyRows_namesTheWholeCache() throws Exception {
    long[] rowIds = new long[ChangeRing.MOST_ROWS + 1];
    for (int i = 0; i < rowIds.length; i++) {
      rowIds[i] = i;
    }
    other.commit(rowIds);
    assertThat(heard()).containsExactly("all");
    other.commit(1);
    assertThat(heard()).containsExactly("1");
  }

  @Test
  void look_afterTheCellsWereUsedAgain_takesEverythingForChanged() throws Exception {
    long[] rowIds = new long[ChangeRing.MOST_ROWS];
    for (int i = 0; i <= ChangeRing.CELLS / ChangeRing.MOST_ROWS; i++) {
      other.commit(rowIds);
    }
    assertThat(heard()).containsExactly("all");
  }

  @Test
  void look_afterTheNumberingBeganAnew_takesEverythingForChangedAndHasTheRingCleaned()
      throws Exception {
    other.commit(1);
    assertThat(heard()).containsExactly("1");
    index.addAndGet(-4);
    assertThat(heard()).containsExactly("all");
    assertThat(cleanings).hasValue(1);
  }

  @Test
  void forgetAllBut_afterTheNumberingBeganAnew_leavesNoExplanationForLaterCommits()
      throws Exception {
    int before = index.get();
    for (int i = 0; i < 5; i++) {
      other.commit(i);
    }
    index.set(before);
    ring.forgetAllBut(before);
    for (int i = 1; i <= 5; i++) {
      assertThat(ring.read(before + i, 0)).isNull();
    }
  }

  /** Neither side may ever overlook a row of the other, however the two interleave. */
  @Test
  void look_whileBothCommitWithoutPause_overlooksNothing() throws Exception {
    int writes = 20_000;
    Object writeLock = new Object();
    AtomicInteger announced = new AtomicInteger();
    AtomicInteger lastForeignRow = new AtomicInteger();
    Thread mine = new Thread(
        () -> commitAll(me, writes, writeLock, new AtomicInteger(), new AtomicInteger()));
    Thread theirs =
        new Thread(() -> commitAll(other, writes, writeLock, announced, lastForeignRow));
    mine.start();
    theirs.start();
    long heardUpTo = 0;
    long looks = 0;
    while (heardUpTo < writes) {
      int acknowledged = lastForeignRow.get();
      if (!commits.isCurrent()) {
        for (String row : heard()) {
          heardUpTo =
              Math.max(heardUpTo, row.equals("all") ? announced.get() : Long.parseLong(row));
        }
        looks++;
      }
      assertThat(heardUpTo).isGreaterThanOrEqualTo(acknowledged);
    }
    mine.join();
    theirs.join();
    assertThat(looks).isPositive();
  }

  private void commitAll(
      Party party,
      int writes,
      Object writeLock,
      AtomicInteger announced,
      AtomicInteger acknowledged) {
    try {
      for (int i = 1; i <= writes; i++) {
        synchronized (writeLock) {
          party.announce(i);
          announced.set(i);
          index.incrementAndGet();
        }
        // As in SQLite, the lock is free before the process has heard that its commit succeeded.
        party.journal.committed();
        acknowledged.set(i);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
