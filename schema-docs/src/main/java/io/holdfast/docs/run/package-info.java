/**
 * The job: document each table of a watched database, from the cache where the structure is the one
 * that was documented, anew where it is not.
 */
@NullMarked
package io.holdfast.docs.run;

import org.jspecify.annotations.NullMarked;
