package io.holdfast.jcache;

import io.holdfast.encryption.ValueKeys;
import io.holdfast.heap.HeapTierConfiguration;
import org.ehcache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * All that {@link Engine} needs to know of a cache to make it.
 *
 * @param keyClass the class of keys as they are kept
 * @param valueClass the class of values as they are kept
 * @param valueKeys encrypt the values in the file; null for values in plain
 * @param heap the heap tier above the file; null for a cache that is in the heap alone
 */
record CachePlan(
    String name,
    Class<?> keyClass,
    Class<?> valueClass,
    Form<?> keys,
    Form<?> values,
    CacheLimits limits,
    @Nullable ValueKeys valueKeys,
    ExpiryPolicy<Object, Object> expiry,
    @Nullable HeapTierConfiguration heap,
    DirectEventDispatcher dispatcher) {}
