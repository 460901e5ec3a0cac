package io.holdfast.tier;

import io.holdfast.codec.Codec;
import io.holdfast.store.LeaseTable;
import io.holdfast.store.StoredKey;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The leases of one cache: of all processes that share its file, one at a time computes an entry. Safe
 * from any thread. Each method throws {@link io.holdfast.store.StoreException} if the file fails.
 *
 * @param <K> the type of keys, as the tier keeps them
 */
public final class KeyLeases<K> {
  private final SqliteFileService service;
  private final String alias;
  private final Codec<K> keyCodec;

  public KeyLeases(SqliteFileService service, String alias, Codec<K> keyCodec) {
    this.service = service;
    this.alias = alias;
    this.keyCodec = keyCodec;
  }

  /**
   * Takes the lease of a key, unless somebody holds it: one read while it is held, else one small
   * transaction. It is prolonged in the background until it is closed or lost.
   *
   * @param lease after which time others may take it once this process no longer runs
   */
  public Optional<Held> tryAcquire(K key, Duration lease) {
    StoredKey storedKey = Rows.storedKey(keyCodec, key);
    OptionalLong token = table().tryAcquire(storedKey, lease.toMillis());
    if (token.isEmpty()) {
      return Optional.empty();
    }
    table().keep(storedKey, token.getAsLong(), lease.toMillis());
    return Optional.of(new Held(key, storedKey, token.getAsLong()));
  }

  // Asked for each time: it belongs to the file as it is open now.
  private LeaseTable table() {
    return service.file().leases(alias);
  }

  /** A lease that was taken; whether it is still held, the file knows. */
  public final class Held implements AutoCloseable {
    private final K key;
    private final StoredKey storedKey;
    private final long token;
    private volatile boolean isOver;

    private Held(K key, StoredKey storedKey, long token) {
      this.key = key;
      this.storedKey = storedKey;
      this.token = token;
    }

    /** Greater than that of each holder before. */
    public long token() {
      return token;
    }

    /** Whether nobody else has taken it, and nothing has ended it. One read. */
    public boolean isHeld() {
      return !isOver && table().isHeld(storedKey, token);
    }

    /**
     * Runs a write of the key in this thread; it comes about, and ends the lease, in one transaction if
     * the lease is still held.
     *
     * @return false if the lease was lost; nothing was written
     */
    public boolean writeIfHeld(Runnable write) {
      boolean isWritten = !isOver && Fence.write(key, token, write);
      isOver = true;
      // A write may have found nothing to do; then the lease is still there.
      if (isWritten && table().isHeld(storedKey, token)) {
        table().release(storedKey, token);
      }
      table().forget(storedKey, token);
      return isWritten;
    }

    /** Ends the lease. Closing twice is quiet. */
    @Override
    public void close() {
      if (!isOver) {
        isOver = true;
        table().release(storedKey, token);
      }
    }
  }
}
