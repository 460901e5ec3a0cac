/**
 * Models of LangChain4j that answer from a {@link io.holdfast.response.ResponseCache}: decorators of a
 * chat model, a streaming chat model and an embedding model.
 *
 * <p>Equal requests to one service are one call, whoever asks, streamed or not. What a request holds that
 * has no canonical form makes it not cacheable: the call is made, and nothing is stored.
 */
@NullMarked
package io.holdfast.langchain4j;

import org.jspecify.annotations.NullMarked;
