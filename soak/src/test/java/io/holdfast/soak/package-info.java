/**
 * Years of use in minutes: two processes on the same cache files under mixed load, killed at random moments.
 *
 * <p>Each key has one thread that writes it. Before a write that thread notes its number on the {@link
 * io.holdfast.soak.Board}, memory that all processes share and that outlives them, and after it that
 * it was acknowledged. So whoever reads can say at once what may be there and what may not.
 */
package io.holdfast.soak;
