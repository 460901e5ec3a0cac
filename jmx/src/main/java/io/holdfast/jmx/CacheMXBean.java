package io.holdfast.jmx;

/** One cache over its two tiers. Counters run since the cache was opened in this process. */
@Doc(
    "One cache: heap tier above the rows of its file. Counters run since it was opened in this process.")
public interface CacheMXBean {

  @Doc("Name of the cache as the application gave it")
  String getCacheName();

  @Doc("Look-ups that found an entry, in either tier")
  @Unit("{hit}")
  long getHitCount();

  @Doc("Share of look-ups that found an entry, since opened")
  @Unit("%")
  double getHitPercentage();

  @Doc("Look-ups that found no entry, or a dead one")
  @Unit("{miss}")
  long getMissCount();

  @Doc("Look-ups answered from the heap, without touching the file")
  @Unit("{hit}")
  long getHeapHitCount();

  @Doc("Share of all look-ups answered from the heap, since opened")
  @Unit("%")
  double getHeapHitPercentage();

  @Doc("Entries held on the heap now")
  @Unit("{entry}")
  long getHeapEntryCount();

  @Doc("Entries that the heap tier may hold")
  @Unit("{entry}")
  long getHeapEntryCountMax();

  @Doc("Look-ups answered from the file")
  @Unit("{hit}")
  long getTierHitCount();

  @Doc(
      "Entries in the file, dead ones not yet swept included; what other processes wrote is at most a second old")
  @Unit("{entry}")
  long getEntryCount();

  @Doc("Bytes of keys and values in the file; what other processes wrote is at most a second old")
  @Unit("By")
  long getWeightBytes();

  @Doc("Entries written")
  @Unit("{put}")
  long getPutCount();

  @Doc("Entries removed by the application")
  @Unit("{removal}")
  long getRemovalCount();

  @Doc("Entries evicted from the file to keep its limits")
  @Unit("{eviction}")
  long getEvictionCount();

  @Doc("Entries found or swept dead because their time was over")
  @Unit("{expiration}")
  long getExpirationCount();

  @Doc("Operations that failed because of the file")
  @Unit("{failure}")
  long getFailureCount();

  @Doc(
      "Times an entry was met in the file whose value could not be decrypted; it counted as absent")
  @Unit("{entry}")
  long getUndecryptableCount();

  @Doc(
      "Deletes entries whose time is over, for a fifth of a second at most, and says how many; the cache does so by itself about once a second")
  @Operation(Effect.MAINTAINS)
  int evictExpired();

  @Doc("Deletes all entries, from the heap and from the file; no listener hears of it")
  @Operation(Effect.DELETES)
  void clear();
}
