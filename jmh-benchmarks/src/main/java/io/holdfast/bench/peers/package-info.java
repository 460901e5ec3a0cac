/**
 * Holdfast beside what people use instead of it: embedded stores for the file, spying drivers for the
 * driver. Each peer is set up as its own documentation shows it, so that an acknowledged write survives
 * the end of the process where the peer can do that at all.
 */
@NullMarked
package io.holdfast.bench.peers;

import org.jspecify.annotations.NullMarked;
