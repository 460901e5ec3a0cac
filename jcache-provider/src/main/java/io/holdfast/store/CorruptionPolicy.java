package io.holdfast.store;

/** What happens to a cache file that turns out to be damaged. */
public enum CorruptionPolicy {
  /** It is renamed, never deleted, and the caches go on empty in a fresh file. */
  SET_ASIDE,
  /** It stays where it is, and every operation that meets the damage fails. */
  FAIL
}
