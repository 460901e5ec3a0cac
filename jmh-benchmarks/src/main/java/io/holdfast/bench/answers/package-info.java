/** What a cached answer costs whoever asks, beside making it anew. */
@NullMarked
package io.holdfast.bench.answers;

import org.jspecify.annotations.NullMarked;
