package io.holdfast.response;

import io.holdfast.response.spi.SemanticScope;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What a response cache counts. Safe from any thread. */
final class Counters {

  /** Plain counts. */
  enum Event {
    HIT,
    SEMANTIC,
    SEMANTIC_REFUSED,
    SEMANTIC_JUDGED,
    SEMANTIC_FAILURE,
    MISS,
    COALESCED,
    BYPASSED,
    STORED,
    COMPUTE_FAILURE,
    FAILURE_SERVED,
    READ_FAILURE,
    WRITE_FAILURE,
    LEASE_FAILURE,
    CORRUPT,
    EXPIRED,
    PURGED
  }

  private final EnumCounters<Event> events = new EnumCounters<>(Event.class);
  private final EnumCounters<NotStoredReason> notStored = new EnumCounters<>(NotStoredReason.class);
  private final LongAdder computeMillis = new LongAdder();
  private final LongAdder savedMillis = new LongAdder();
  private final Map<String, BigDecimal> spent = new ConcurrentHashMap<>();
  private final Map<String, BigDecimal> saved = new ConcurrentHashMap<>();
  private final Map<Account, AccountCounters> accounts = new ConcurrentHashMap<>();

  void count(Event event) {
    events.count(event);
  }

  void notStored(NotStoredReason reason) {
    notStored.count(reason);
  }

  /** This call computed an answer. */
  void computed(String namespace, Answer<?> answer) {
    count(answer.outcome() == Outcome.BYPASSED ? Event.BYPASSED : Event.MISS);
    account(namespace, answer.usage()).computed(answer);
    computeMillis.add(answer.computeMillis());
    answer.cost().ifPresent(cost -> spent.merge(cost.unit(), cost.amount(), BigDecimal::add));
  }

  /** This call did not have to compute, and took so long. */
  void served(String namespace, Answer<?> answer, long tookMillis) {
    count(
        switch (answer.outcome()) {
          case HIT -> Event.HIT;
          case SEMANTIC -> Event.SEMANTIC;
          case COALESCED, MISS, BYPASSED -> Event.COALESCED;
        });
    long millisSaved = Math.max(0, answer.computeMillis() - tookMillis);
    account(namespace, answer.usage()).served(answer, millisSaved);
    savedMillis.add(millisSaved);
    answer.cost().ifPresent(cost -> saved.merge(cost.unit(), cost.amount(), BigDecimal::add));
  }

  /** A call for this kind of answer failed. */
  void failed(String namespace) {
    count(Event.COMPUTE_FAILURE);
    account(namespace, null).failed();
  }

  private AccountCounters account(String namespace, @Nullable Usage usage) {
    var account = new Account(namespace, usage == null ? "" : usage.model());
    AccountCounters counters = accounts.get(account);
    if (counters != null) {
      return counters;
    }
    return accounts.computeIfAbsent(
        accounts.size() < Account.MAX_ACCOUNTS ? account : Account.OTHER,
        added -> new AccountCounters());
  }

  Map<Account, AccountStatistics> accounts() {
    var all = new HashMap<Account, AccountStatistics>();
    accounts.forEach((account, counters) -> all.put(account, counters.snapshot()));
    return all;
  }

  SemanticStatistics semantic(long questions, List<SemanticScope> scopes) {
    return new SemanticStatistics(
        events.sum(Event.SEMANTIC),
        events.sum(Event.SEMANTIC_REFUSED),
        events.sum(Event.SEMANTIC_JUDGED),
        events.sum(Event.SEMANTIC_FAILURE),
        questions,
        scopes);
  }

  ResponseStatistics snapshot(int inFlight, boolean circuitOpen, SemanticStatistics semantic) {
    return new ResponseStatistics(
        events.sum(Event.HIT),
        events.sum(Event.MISS),
        events.sum(Event.COALESCED),
        events.sum(Event.BYPASSED),
        events.sum(Event.STORED),
        notStored.sums(),
        events.sum(Event.COMPUTE_FAILURE),
        events.sum(Event.READ_FAILURE),
        events.sum(Event.WRITE_FAILURE),
        events.sum(Event.CORRUPT),
        events.sum(Event.EXPIRED),
        events.sum(Event.PURGED),
        inFlight,
        circuitOpen,
        computeMillis.sum(),
        savedMillis.sum(),
        spent,
        saved,
        accounts(),
        semantic);
  }
}
