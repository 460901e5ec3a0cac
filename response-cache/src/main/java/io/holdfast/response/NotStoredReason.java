package io.holdfast.response;

/** Why an answer was computed and not stored. */
public enum NotStoredReason {
  /** The key has a part without a canonical form, or its table is in doubt. */
  KEY_NOT_CACHEABLE,
  /** The model was free to answer otherwise, and {@link ResponseCacheBuilder#sampled} says no. */
  SAMPLED,
  /** The cache is failing and left alone for a while, or the response cache is closed. */
  BYPASSED,
  /** The codec could not write the value. */
  NOT_ENCODABLE,
  /** {@link ResponseCacheBuilder#storeIf} said no. */
  REFUSED,
  /** The table changed while the call was running. */
  SUPERSEDED,
  /** The caller's policy said no. */
  NO_STORE,
  /** A stream had more characters than {@link ResponseCacheBuilder#maxStreamCharacters}. */
  TOO_LARGE,
  /** The cache failed on writing, or another process took over the call that took too long. */
  CACHE_FAILURE
}
