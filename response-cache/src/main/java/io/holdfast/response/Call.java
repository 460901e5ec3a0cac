package io.holdfast.response;

import org.jspecify.annotations.Nullable;

/**
 * What one caller asks for.
 *
 * @param key in the cache
 * @param namespace {@link ResponseKey#namespace}
 * @param streamed whether the answer is wanted in pieces
 * @param question {@link ResponseKey#question}, or null
 * @param partition {@link ResponseKey#partition}, if an answer to other words may serve; null otherwise
 */
record Call(
    String key,
    String namespace,
    CallPolicy policy,
    boolean streamed,
    @Nullable String question,
    @Nullable String partition) {

  /** The same call for another entry. */
  Call withKey(String other) {
    return new Call(other, namespace, policy, streamed, question, partition);
  }
}
