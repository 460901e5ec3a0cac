package io.holdfast.response;

import io.holdfast.response.Claims.Clearance;
import io.holdfast.response.Claims.Look;
import io.holdfast.response.Flight.Landing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Where whoever would have to call looks before: for the same question in other words, then for another process
 * that is calling.
 */
final class Elsewhere<T> {

  // Which the model computes on for a future or a stream: their callers' threads are not to wait.
  private final Executor executor = ForkJoinPool.commonPool();
  private final SemanticHits<T> semantic;
  private final Claims<T> claims;

  Elsewhere(SemanticHits<T> semantic, Claims<T> claims) {
    this.semantic = semantic;
    this.claims = claims;
  }

  /** {@link Claims#await}. */
  @Nullable
  Landing<T> await(Lead<T> lead) {
    Landing<T> found = semantic.find(lead);
    return found == null ? claims.await(lead) : found;
  }

  /** {@link Claims#whenClear}. */
  CompletableFuture<Clearance<T>> whenClear(Lead<T> lead) {
    if (!semantic.isAsked(lead)) {
      return claims.whenClear(lead);
    }
    return CompletableFuture.supplyAsync(() -> new Clearance<>(semantic.find(lead)), executor)
        .thenCompose(found -> found.elsewhere() == null
            ? claims.whenClear(lead)
            : CompletableFuture.completedFuture(found));
  }

  /** {@link Claims#look}. */
  Look<T> look(Lead<T> lead) {
    Landing<T> found = semantic.find(lead);
    return found == null ? claims.look(lead) : new Look.Found<>(found);
  }

  /** For a caller who must not call: null if there is nothing. */
  @Nullable
  Landing<T> find(Call call) {
    return semantic.find(call);
  }
}
