package com.acme.answers;

import io.holdfast.response.CanonicalKeyGenerator;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** Expensive answers under canonical keys; it counts how often it is really asked. */
@CacheDefaults(cacheName = "answers", cacheKeyGenerator = CanonicalKeyGenerator.class)
public class Answers {
  private final AtomicInteger computations = new AtomicInteger();

  /** How often a method's body has run in this JVM. */
  public int computations() {
    return computations.get();
  }

  @CacheResult
  public String explain(Question question) {
    computations.incrementAndGet();
    return "about " + question.text();
  }

  @CacheResult
  public Integer count(Question question) {
    return computations.incrementAndGet();
  }

  @CacheResult
  public String anything(Object question) {
    computations.incrementAndGet();
    return "anything";
  }

  @CachePut
  public void correct(Question question, @CacheValue String text) {}

  @CacheRemove
  public void forgetWhatever(Question question) {}

  @CacheRemove(cacheKeyGenerator = KeysOfTexts.class)
  public void forget(Question question) {}

  /** Removes explanations. */
  public static class KeysOfTexts extends CanonicalKeyGenerator {
    @Override
    protected Type resultType(CacheKeyInvocationContext<? extends Annotation> context) {
      return String.class;
    }
  }
}
