package io.holdfast.response;

/**
 * What one caller asks for.
 *
 * @param key in the cache
 * @param namespace {@link ResponseKey#namespace}
 */
record Call(String key, String namespace, CallPolicy policy) {}
