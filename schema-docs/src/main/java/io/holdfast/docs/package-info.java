/**
 * The application: documents a live database through a persistent, schema-aware cache. Here is only
 * where it starts; {@code cli} has the commands, {@code run} the job, {@code demo} the demonstration.
 */
@NullMarked
package io.holdfast.docs;

import org.jspecify.annotations.NullMarked;
