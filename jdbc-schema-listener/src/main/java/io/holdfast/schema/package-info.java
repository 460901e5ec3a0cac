/**
 * What a database looks like and whether it still does: identity, structure and fingerprint of each
 * table, the difference between two structures, probes for changes made by others, and the
 * {@link io.holdfast.schema.SchemaKey} that makes an answer for an old structure unreachable.
 *
 * <p>Needs {@code java.sql} and a pool for its own catalog connections; knows neither caches nor the
 * wrapper driver. Reads catalogs over short connections of its own, never over the user's.
 */
@NullMarked
package io.holdfast.schema;

import org.jspecify.annotations.NullMarked;
