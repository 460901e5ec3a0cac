package io.holdfast.response;

/**
 * What to do with answers that a model drew by chance: those of a key with a {@linkplain
 * ResponseKey.Builder#model model} and any {@linkplain ResponseKey.Builder#temperature temperature} but
 * zero. Where none is given the provider's own counts, and that is seldom zero.
 *
 * <p>The temperature is part of the key in any case: answers of different temperatures never meet.
 */
public enum SampledAnswers {
  /** The first answer is as good as the next: it is stored and served again. */
  CACHED,
  /** Each call asks anew. */
  NOT_CACHED
}
