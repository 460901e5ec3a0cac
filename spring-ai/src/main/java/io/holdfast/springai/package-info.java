/**
 * Spring AI's chat clients in front of a response cache: an advisor, the key of a prompt, and the stored form of a
 * response. Knows no cache provider.
 */
@NullMarked
package io.holdfast.springai;

import org.jspecify.annotations.NullMarked;
