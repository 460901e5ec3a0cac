/**
 * The demonstration: a sample shop in a real database, documented four times, each time with more
 * in the cache. Uses the application as a user would; nothing depends on it.
 */
@NullMarked
package io.holdfast.docs.demo;

import org.jspecify.annotations.NullMarked;
