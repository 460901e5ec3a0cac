package io.holdfast.store;

import java.util.OptionalLong;

/**
 * Leases in the file of the moment. They do not move to the next one: there every lease is lost, and
 * whoever held one learns it like any other loss.
 */
final class RenewableLeases implements LeaseTable {
  private final RenewableFile file;
  private final String cacheName;

  RenewableLeases(RenewableFile file, String cacheName) {
    this.file = file;
    this.cacheName = cacheName;
  }

  @Override
  public OptionalLong tryAcquire(StoredKey key, long leaseMillis) {
    return file.run(open -> open.leases(cacheName).tryAcquire(key, leaseMillis));
  }

  @Override
  public boolean isHeld(StoredKey key, long token) {
    return file.run(open -> open.leases(cacheName).isHeld(key, token));
  }

  @Override
  public void keep(StoredKey key, long token, long leaseMillis) {
    file.run(open -> {
      open.leases(cacheName).keep(key, token, leaseMillis);
      return open;
    });
  }

  @Override
  public void forget(StoredKey key, long token) {
    file.run(open -> {
      open.leases(cacheName).forget(key, token);
      return open;
    });
  }

  @Override
  public void release(StoredKey key, long token) {
    file.run(open -> {
      open.leases(cacheName).release(key, token);
      return open;
    });
  }
}
