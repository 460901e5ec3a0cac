package io.holdfast.store;

/** Where the rows of a key are looked for; a seam for tests that need collisions. */
@FunctionalInterface
interface KeyHasher {

  /** A 64-bit hash of the key: equal keys have equal hashes, on every JVM that opens the file. */
  long hash(StoredKey key);
}
