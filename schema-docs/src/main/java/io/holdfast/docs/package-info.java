/** The application: documents a live database through a persistent, schema-aware cache. */
@NullMarked
package io.holdfast.docs;

import org.jspecify.annotations.NullMarked;
