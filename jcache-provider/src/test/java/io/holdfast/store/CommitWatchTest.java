package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who watches the file: the thread that looks from time to time, or each reader. */
final class CommitWatchTest {
  private final Commits commits = new Commits();
  private final CommitWatch watch = new CommitWatch(commits);
  private final List<String> heard = new ArrayList<>();

  /** Foreign commits that say nothing of what they changed. */
  private static final class Commits implements CommitSource {
    private boolean areNew;
    private boolean isSettled = true;
    private boolean canReadersAsk = true;

    @Override
    public boolean isCurrent() {
      return !areNew;
    }

    @Override
    public boolean isSettled() {
      return !areNew && isSettled;
    }

    @Override
    public boolean canReadersAsk() {
      return canReadersAsk;
    }

    @Override
    public News look() {
      return areNew ? new News(1, false, Map.of()) : News.NONE;
    }

    @Override
    public void acted() {
      areNew = false;
    }
  }

  private final class Listener implements ForeignChanges {
    private final boolean canTellReaders;

    Listener(boolean canTellReaders) {
      this.canTellReaders = canTellReaders;
    }

    @Override
    public boolean isInterested() {
      return true;
    }

    @Override
    public boolean leaveToReaders() {
      heard.add("left");
      return canTellReaders;
    }

    @Override
    public void watched() {
      heard.add("watched");
    }

    @Override
    public int rowsChanged(long[] rowIds) {
      heard.add("rows");
      return 0;
    }

    @Override
    public int everythingChanged() {
      heard.add("all");
      return 0;
    }
  }

  @Test
  void leaveToReaders_settled_isLeftUntilOneCatchesUp() {
    EntryTable.Hearing hearing = watch.listen(1, new Listener(true));
    assertThat(watch.leaveToReaders()).isTrue();
    assertThat(watch.isLeftToReaders()).isTrue();
    hearing.catchUp();
    assertThat(watch.isLeftToReaders()).isFalse();
    assertThat(heard).containsExactly("left", "watched");
  }

  @Test
  void catchUp_afterAForeignCommit_releasesReadersOnlyWhenTheListenerHasActed() {
    EntryTable.Hearing hearing = watch.listen(1, new Listener(true));
    watch.leaveToReaders();
    commits.areNew = true;
    hearing.catchUp();
    assertThat(heard).containsExactly("left", "all", "watched");
  }

  @Test
  void leaveToReaders_withAListenerThatCannotTellThem_goesOnWatching() {
    watch.listen(1, new Listener(true));
    watch.listen(2, new Listener(false));
    assertThat(watch.leaveToReaders()).isFalse();
    assertThat(watch.isLeftToReaders()).isFalse();
    assertThat(heard).containsExactly("left", "left", "watched", "watched");
  }

  @Test
  void leaveToReaders_withAnythingUnsettled_goesOnWatching() {
    watch.listen(1, new Listener(true));
    commits.isSettled = false;
    assertThat(watch.leaveToReaders()).isFalse();
    commits.isSettled = true;
    commits.areNew = true;
    assertThat(watch.leaveToReaders()).isFalse();
    assertThat(heard).containsExactly("left", "watched", "left", "watched");
  }

  @Test
  void leaveToReaders_whereALookWaitsForWriters_goesOnWatching() {
    watch.listen(1, new Listener(true));
    commits.canReadersAsk = false;
    assertThat(watch.leaveToReaders()).isFalse();
  }

  @Test
  void listen_whileLeftToReaders_hasTheFileWatchedAgain() {
    watch.listen(1, new Listener(true));
    watch.leaveToReaders();
    watch.listen(2, new Listener(true));
    assertThat(watch.isLeftToReaders()).isFalse();
    assertThat(heard).containsExactly("left", "watched", "watched");
  }
}
