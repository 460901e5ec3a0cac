package io.holdfast.jcache;

import java.util.Map;

/**
 * The keys under which the values of one cache stand in its file; to be had by {@code unwrap} of a cache
 * whose values are encrypted:
 *
 * <pre>{@code
 * Encryption encryption = cache.unwrap(Encryption.class);
 * if (encryption.renew().unreadable() == 0) {
 *   // no row needs an earlier key any more
 * }
 * }</pre>
 *
 * <p>Safe from any thread, beside all other use. All methods throw {@link javax.cache.CacheException} if the
 * file fails.
 */
public interface Encryption {

  /**
   * How many rows there are by the id of their key; those that are damaged, under the empty id. Reads all
   * rows, in steps.
   */
  Map<String, Long> rowsByKeyId();

  /**
   * Encrypts each value anew that is not under the current key, in small transactions; rows keep their
   * versions and times. May be cut off at any moment and be called again. All processes that use the file
   * must have the same current key before, else they go on writing under the earlier one.
   */
  Renewal renew();

  /**
   * What {@link #renew} did.
   *
   * @param renewed how many values were encrypted anew
   * @param unreadable how many rows are left that could not be decrypted; keep the earlier keys if they
   *     may matter
   */
  record Renewal(long renewed, long unreadable) {}
}
