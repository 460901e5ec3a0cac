/**
 * The embedder over the small sentence model that a Maven artifact ships, run by ONNX Runtime.
 *
 * <p>The tokenizer is ours and pure Java; a test holds it against the reference implementation's pieces.
 */
@NullMarked
package io.holdfast.semantic.minilm;

import org.jspecify.annotations.NullMarked;
