/**
 * What the rows of one table look like: counts, null shares, distinct values, ranges and examples,
 * from a bounded number of real queries within a bounded time.
 *
 * <p>Needs a connection and a structure; knows neither caches nor Markdown. A profiler is confined
 * to the thread that owns its connection.
 */
@NullMarked
package io.holdfast.docs.profile;

import org.jspecify.annotations.NullMarked;
