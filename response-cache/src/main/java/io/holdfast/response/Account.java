package io.holdfast.response;

/**
 * What is counted together.
 *
 * @param namespace the kind of answer, {@link ResponseKey#namespace}; empty for keys that have none, and {@code
 *     (other)} where there are more accounts than {@value #MAX_ACCOUNTS}
 * @param model the model that answered, or empty if nobody said
 */
public record Account(String namespace, String model) {

  /** So many are told apart; names made of users' texts must not fill the memory. */
  static final int MAX_ACCOUNTS = 1_000;

  static final Account OTHER = new Account("(other)", "");
}
