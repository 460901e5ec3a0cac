package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iterating over more entries than the heap or a page of the file holds. */
final class EntryIteratorTest {
  private static final int ENTRIES = 2_500;

  @TempDir
  Path directory;

  private ManagerFixture fixture;
  private Cache<Integer, String> cache;

  @BeforeEach
  void open() {
    fixture = new ManagerFixture(directory);
    cache = fixture.cache("numbers", Integer.class, String.class);
    Map<Integer, String> entries = new HashMap<>();
    for (int i = 0; i < ENTRIES; i++) {
      entries.put(i, "v" + i);
    }
    cache.putAll(entries);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void iterator_seesEachEntryOnce() {
    Map<Integer, String> seen = new HashMap<>();
    cache.forEach(
        entry -> assertThat(seen.put(entry.getKey(), entry.getValue())).isNull());
    assertThat(seen).hasSize(ENTRIES).containsEntry(17, "v17");
  }

  @Test
  void iterator_entriesRemovedMeanwhile_arePassedOver() {
    Iterator<Cache.Entry<Integer, String>> entries = cache.iterator();
    entries.next();
    cache.clear();
    int rest = 0;
    while (entries.hasNext()) {
      assertThat(entries.next()).isNotNull();
      rest++;
    }
    assertThat(rest).isLessThan(ENTRIES);
    assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void remove_twiceOrBeforeNext_isRefused() {
    Iterator<Cache.Entry<Integer, String>> entries = cache.iterator();
    assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
    int key = entries.next().getKey();
    assertThat(entries.hasNext()).isTrue(); // must not move what remove() means
    entries.remove();
    assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
    assertThat(cache.containsKey(key)).isFalse();
  }

  @Test
  void removeAll_beyondOneBatch_emptiesTheCache() {
    cache.removeAll();
    assertThat(cache.iterator().hasNext()).isFalse();
    cache.close();
    assertThatThrownBy(() -> cache.iterator()).isInstanceOf(IllegalStateException.class);
  }
}
