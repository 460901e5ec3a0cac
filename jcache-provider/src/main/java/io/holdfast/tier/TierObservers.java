package io.holdfast.tier;

import org.ehcache.core.statistics.AuthoritativeTierOperationOutcomes.ComputeIfAbsentAndFaultOutcome;
import org.ehcache.core.statistics.AuthoritativeTierOperationOutcomes.FlushOutcome;
import org.ehcache.core.statistics.AuthoritativeTierOperationOutcomes.GetAndFaultOutcome;
import org.ehcache.core.statistics.OperationObserver;
import org.ehcache.core.statistics.StoreOperationOutcomes.ComputeIfAbsentOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.ComputeOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.ConditionalRemoveOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.ConditionalReplaceOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.EvictionOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.ExpirationOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.GetOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.PutIfAbsentOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.PutOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.RemoveOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.ReplaceOutcome;

/**
 * The observers that Ehcache's statistics look for on a store, by name. Without those for eviction and
 * expiration a cache manager whose caches have this tier alone does not start.
 */
final class TierObservers {
  final OperationObserver<EvictionOutcome> eviction;
  final OperationObserver<ExpirationOutcome> expiration;
  final OperationObserver<GetOutcome> get;
  final OperationObserver<PutOutcome> put;
  final OperationObserver<RemoveOutcome> remove;
  final OperationObserver<PutIfAbsentOutcome> putIfAbsent;
  final OperationObserver<ConditionalRemoveOutcome> conditionalRemove;
  final OperationObserver<ReplaceOutcome> replace;
  final OperationObserver<ConditionalReplaceOutcome> conditionalReplace;
  final OperationObserver<ComputeOutcome> compute;
  final OperationObserver<ComputeIfAbsentOutcome> computeIfAbsent;
  final OperationObserver<GetAndFaultOutcome> getAndFault;
  final OperationObserver<ComputeIfAbsentAndFaultOutcome> computeIfAbsentAndFault;
  final OperationObserver<FlushOutcome> flush;

  /** Makes an observer of the store; {@code canBeDisabled} without operation statistics. */
  interface Source {
    <T extends Enum<T>> OperationObserver<T> create(
        String name, Class<T> outcomes, boolean canBeDisabled);
  }

  TierObservers(Source source) {
    eviction = source.create("eviction", EvictionOutcome.class, false);
    expiration = source.create("expiration", ExpirationOutcome.class, false);
    get = source.create("get", GetOutcome.class, true);
    put = source.create("put", PutOutcome.class, true);
    remove = source.create("remove", RemoveOutcome.class, true);
    putIfAbsent = source.create("putIfAbsent", PutIfAbsentOutcome.class, true);
    conditionalRemove = source.create("conditionalRemove", ConditionalRemoveOutcome.class, true);
    replace = source.create("replace", ReplaceOutcome.class, true);
    conditionalReplace = source.create("conditionalReplace", ConditionalReplaceOutcome.class, true);
    compute = source.create("compute", ComputeOutcome.class, true);
    computeIfAbsent = source.create("computeIfAbsent", ComputeIfAbsentOutcome.class, true);
    getAndFault = source.create("getAndFault", GetAndFaultOutcome.class, true);
    computeIfAbsentAndFault =
        source.create("computeIfAbsentAndFault", ComputeIfAbsentAndFaultOutcome.class, true);
    flush = source.create("flush", FlushOutcome.class, true);
  }
}
