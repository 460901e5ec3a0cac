package io.holdfast.response.spi;

/**
 * Knows which questions mean the same. Given to {@link io.holdfast.response.ResponseCacheBuilder#semantic};
 * {@code holdfast-semantic} has one.
 */
public interface SemanticStage {

  /**
   * The questions of one response cache; empty at first.
   *
   * @param cache the name of the response cache, by which what was learnt of it is found again
   */
  SemanticIndex open(String cache);
}
