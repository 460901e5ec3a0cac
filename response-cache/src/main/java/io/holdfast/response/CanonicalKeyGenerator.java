package io.holdfast.response;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;

/**
 * Makes the keys of {@code @CacheResult}, {@code @CachePut} and {@code @CacheRemove}: a SHA-256 over the
 * values of the key parameters, as {@link ResponseKey.Builder#part} takes them, and the shape of the
 * result's type, so that a changed type is a miss. Prompts are not in the key.
 *
 * <pre>
 * {@literal @}CacheResult(cacheName = "answers", cacheKeyGenerator = CanonicalKeyGenerator.class)
 * Explanation explain(Question question) { … }
 * </pre>
 *
 * <p>Annotations cannot leave one call uncached and do not join equal calls; {@link ResponseCache} does
 * both. Has no state; safe from any thread.
 */
public class CanonicalKeyGenerator implements CacheKeyGenerator {

  /**
   * The key.
   *
   * @throws IllegalArgumentException if a key parameter has no canonical form; the call fails with it, as
   *     any key that could be made up would be wrong
   */
  @Override
  public GeneratedCacheKey generateCacheKey(
      CacheKeyInvocationContext<? extends Annotation> context) {
    var values = new ArrayList<@Nullable Object>();
    for (CacheInvocationParameter parameter : context.getKeyParameters()) {
      values.add(parameter.getValue());
    }
    ResponseKey key = ResponseKey.builder(context.getCacheName())
        .part("parameters", values)
        .part("resultType", TypeShape.of(wrapped(resultType(context))).text())
        .build();
    return new CanonicalCacheKey(key.text()
        .orElseThrow(() -> new IllegalArgumentException(
            "no key for " + context.getMethod() + ": no canonical form for " + key.obstacle())));
  }

  /**
   * The type of what is cached: what a {@code @CacheResult} method returns, what a {@code @CachePut} takes
   * as its value.
   *
   * @throws IllegalArgumentException for {@code @CacheRemove}, which does not say: override this, or remove
   *     all with {@code @CacheRemoveAll}
   */
  protected Type resultType(CacheKeyInvocationContext<? extends Annotation> context) {
    if (context.getCacheAnnotation() instanceof CacheResult) {
      return context.getMethod().getGenericReturnType();
    }
    CacheInvocationParameter value = context.getValueParameter();
    if (value == null) {
      throw new IllegalArgumentException("no key for " + context.getMethod()
          + ": override resultType, as it does not say what is cached");
    }
    return context.getMethod().getGenericParameterTypes()[value.getParameterPosition()];
  }

  private static Type wrapped(Type type) {
    return type instanceof Class<?> plain ? MethodType.methodType(plain).wrap().returnType() : type;
  }
}
