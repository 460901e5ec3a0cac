/**
 * Readers of catalogs, one per engine, with bulk SQL of their own. They run on Holdfast's own
 * connections only, pin the session first, and turn rows into {@link
 * io.holdfast.schema.TableStructure}. They know nothing of watching, doubt or listeners.
 */
@NullMarked
package io.holdfast.schema.catalog;

import org.jspecify.annotations.NullMarked;
