package io.holdfast.response;

import org.jspecify.annotations.Nullable;

/**
 * What one caller asks for.
 *
 * @param key in the cache
 * @param namespace {@link ResponseKey#namespace}
 * @param streamed whether the answer is wanted in pieces
 * @param question {@link ResponseKey#question}, or null
 */
record Call(
    String key,
    String namespace,
    CallPolicy policy,
    boolean streamed,
    @Nullable String question) {}
