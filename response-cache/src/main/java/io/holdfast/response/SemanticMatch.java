package io.holdfast.response;

/**
 * Which other question's answer served a call, and how sure that was. An application may keep it with
 * what it showed to somebody, for {@link ResponseCache#reportWrong}.
 *
 * @param namespace of the call and of the answer
 * @param key of the answer that served, in the cache
 * @param similarity of the two sentences, from -1 to 1; 1 is the same. It tells little: see {@code score}
 * @param score how sure the stage was that one answer serves both; comparable within a namespace only
 */
public record SemanticMatch(String namespace, String key, double similarity, double score) {}
