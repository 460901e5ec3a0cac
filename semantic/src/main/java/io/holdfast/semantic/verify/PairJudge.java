package io.holdfast.semantic.verify;

import io.holdfast.semantic.Embedding;

/** Tells how sure one may be that the answer to one question serves another. Safe from any thread. */
public interface PairJudge {

  /** What its scores are told apart by: scores of judges of different names must not be mixed. One word. */
  String name();

  /** Whether it reads the vectors of word pieces; else text and sentence are enough. */
  boolean readsPieces();

  /**
   * Judges a pair of embeddings of the same embedder; the order does not matter. Takes some milliseconds.
   *
   * @return minus infinity as score where it does not judge
   */
  Judgement judge(Embedding a, Embedding b);

  /**
   * Whether the texts alone forbid one answer for both; the order does not matter. Such a pair is not worth an embedding: {@link #judge}
   * gives it minus infinity.
   */
  boolean forbids(String a, String b);
}
