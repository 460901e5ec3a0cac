package io.holdfast.response;

/**
 * What one caller asks for.
 *
 * @param key in the cache
 * @param namespace {@link ResponseKey#namespace}
 * @param streamed whether the answer is wanted in pieces
 */
record Call(String key, String namespace, CallPolicy policy, boolean streamed) {}
