package io.holdfast.jcache;

import java.util.function.BiConsumer;

/**
 * The entries of a cache as they stand in its file. For who has to see many of them now and then, such as to fill an
 * index: an iterator of the cache looks each key up, which counts as an access, moves the value into the heap and
 * costs some ten times as much.
 *
 * <pre>{@code
 * StoredEntries<String, Report> stored = cache.unwrap(StoredEntries.class);
 * stored.forEachCreatedSince(lastTimeMillis - 60_000, (key, report) -> index.add(key, report.title()));
 * }</pre>
 *
 * <p>Safe from any thread; to be had by {@code unwrap} of a cache that persists.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface StoredEntries<K, V> {

  /**
   * Shows the entries that were created at that moment or later, by any process, in no order. An entry is created
   * when its key had none; another value does not create it anew. One that expired or that cannot be read is passed
   * over, and what is written meanwhile is shown or not.
   *
   * <p>Reads page by page and locks nothing. SQLite looks at every row, some microseconds each, and at none if nobody
   * has written to the cache since that moment; only these rows are decoded. The moment is the clock of the writing
   * process when it wrote, shortly before others see the entry: ask from a little earlier.
   *
   * @param sinceMillis Unix milliseconds; {@link Long#MIN_VALUE} for all
   * @param visitor hears of each on this thread; what it throws ends the walk and reaches the caller
   * @throws javax.cache.CacheException if the file fails
   * @throws IllegalStateException if the cache is closed
   */
  void forEachCreatedSince(long sinceMillis, BiConsumer<? super K, ? super V> visitor);
}
