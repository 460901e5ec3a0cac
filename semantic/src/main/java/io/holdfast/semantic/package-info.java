/**
 * Tells whether one question may be answered with the answer to another: embeddings of texts, and what they are used for in
 * the packages below.
 *
 * <p>Nothing here knows a cache, JSR-107 or a database, but for {@code stage}, which puts it all before a response cache. Values
 * are immutable; what holds native memory says so and is closed.
 */
@NullMarked
package io.holdfast.semantic;

import org.jspecify.annotations.NullMarked;
