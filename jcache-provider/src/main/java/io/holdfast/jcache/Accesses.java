package io.holdfast.jcache;

/** What an access does to an entry's expiry. */
enum Accesses {
  /** Nothing, or nothing that the heap would not take over. */
  LEFT_TO_THE_HEAP,
  /** Whatever the policy says; entries are in a file below the heap. */
  CORRECTED_IN_THE_FILE,
  /** Whatever the policy says; there is only the heap. */
  CORRECTED_IN_THE_HEAP
}
