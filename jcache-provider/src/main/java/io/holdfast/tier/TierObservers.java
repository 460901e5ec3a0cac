package io.holdfast.tier;

import io.holdfast.tier.Decisions.Loaded;
import org.ehcache.core.spi.store.Store.RemoveStatus;
import org.ehcache.core.spi.store.Store.ReplaceStatus;
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
import org.jspecify.annotations.Nullable;

/**
 * The observers that Ehcache's statistics look for on a store, by name. Without those for eviction and
 * expiration a cache manager whose caches have this tier alone does not start.
 */
final class TierObservers {
  final OperationObserver<EvictionOutcome> eviction;
  final OperationObserver<ExpirationOutcome> expiration;
  final Observed<@Nullable Object, GetOutcome> get;
  final Observed<@Nullable Object, GetAndFaultOutcome> getAndFault;
  final Observed<Boolean, PutOutcome> put;
  final Observed<@Nullable Object, PutIfAbsentOutcome> putIfAbsent;
  final Observed<Boolean, RemoveOutcome> remove;
  final Observed<RemoveStatus, ConditionalRemoveOutcome> conditionalRemove;
  final Observed<@Nullable Object, ReplaceOutcome> replace;
  final Observed<ReplaceStatus, ConditionalReplaceOutcome> conditionalReplace;
  final Observed<@Nullable Object, ComputeOutcome> compute;
  final Observed<Loaded<?>, ComputeIfAbsentOutcome> computeIfAbsent;
  final Observed<Loaded<?>, ComputeIfAbsentAndFaultOutcome> computeIfAbsentAndFault;
  final Observed<Boolean, FlushOutcome> flush;

  /** Makes an observer of the store; {@code canBeDisabled} without operation statistics. */
  interface Source {
    <T extends Enum<T>> OperationObserver<T> create(
        String name, Class<T> outcomes, boolean canBeDisabled);
  }

  TierObservers(Source source) {
    eviction = source.create("eviction", EvictionOutcome.class, false);
    expiration = source.create("expiration", ExpirationOutcome.class, false);
    get = new Observed<>(
        source.create("get", GetOutcome.class, true),
        found -> found == null ? GetOutcome.MISS : GetOutcome.HIT);
    getAndFault = new Observed<>(
        source.create("getAndFault", GetAndFaultOutcome.class, true),
        found -> found == null ? GetAndFaultOutcome.MISS : GetAndFaultOutcome.HIT);
    put = new Observed<>(
        source.create("put", PutOutcome.class, true),
        written -> written ? PutOutcome.PUT : PutOutcome.NOOP);
    putIfAbsent = new Observed<>(
        source.create("putIfAbsent", PutIfAbsentOutcome.class, true),
        present -> present == null ? PutIfAbsentOutcome.PUT : PutIfAbsentOutcome.HIT);
    remove = new Observed<>(
        source.create("remove", RemoveOutcome.class, true),
        removed -> removed ? RemoveOutcome.REMOVED : RemoveOutcome.MISS);
    conditionalRemove = new Observed<>(
        source.create("conditionalRemove", ConditionalRemoveOutcome.class, true),
        status -> status == RemoveStatus.REMOVED
            ? ConditionalRemoveOutcome.REMOVED
            : ConditionalRemoveOutcome.MISS);
    replace = new Observed<>(
        source.create("replace", ReplaceOutcome.class, true),
        old -> old == null ? ReplaceOutcome.MISS : ReplaceOutcome.REPLACED);
    conditionalReplace = new Observed<>(
        source.create("conditionalReplace", ConditionalReplaceOutcome.class, true),
        status -> status == ReplaceStatus.HIT
            ? ConditionalReplaceOutcome.REPLACED
            : ConditionalReplaceOutcome.MISS);
    compute = new Observed<>(
        source.create("compute", ComputeOutcome.class, true),
        holder -> holder == null ? ComputeOutcome.MISS : ComputeOutcome.PUT);
    computeIfAbsent = new Observed<>(
        source.create("computeIfAbsent", ComputeIfAbsentOutcome.class, true),
        loaded -> loaded.outcome(
            ComputeIfAbsentOutcome.HIT, ComputeIfAbsentOutcome.PUT, ComputeIfAbsentOutcome.NOOP));
    computeIfAbsentAndFault = new Observed<>(
        source.create("computeIfAbsentAndFault", ComputeIfAbsentAndFaultOutcome.class, true),
        loaded -> loaded.outcome(
            ComputeIfAbsentAndFaultOutcome.HIT,
            ComputeIfAbsentAndFaultOutcome.PUT,
            ComputeIfAbsentAndFaultOutcome.NOOP));
    flush = new Observed<>(
        source.create("flush", FlushOutcome.class, true),
        taken -> taken ? FlushOutcome.HIT : FlushOutcome.MISS);
  }
}
