package io.holdfast.jcache;

import org.ehcache.expiry.ExpiryPolicy;

/**
 * All that {@link Engine} needs to know of a cache to make it.
 *
 * @param keyClass the class of keys as they are kept
 * @param valueClass the class of values as they are kept
 */
record CachePlan(
    String name,
    Class<?> keyClass,
    Class<?> valueClass,
    Form<?> keys,
    Form<?> values,
    CacheLimits limits,
    ExpiryPolicy<Object, Object> expiry,
    DirectEventDispatcher dispatcher) {}
