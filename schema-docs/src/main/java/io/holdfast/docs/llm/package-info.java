/**
 * Descriptions by a language model behind an OpenAI-compatible endpoint: the prompt, the call, and
 * what its failures mean to the user. Knows neither caches nor files.
 */
@NullMarked
package io.holdfast.docs.llm;

import org.jspecify.annotations.NullMarked;
