package io.holdfast.response;

import io.holdfast.response.Counters.Event;
import io.holdfast.response.Flight.Landing;
import io.holdfast.response.spi.SemanticIndex;
import io.holdfast.response.spi.SemanticIndex.Asked;
import io.holdfast.response.spi.SemanticIndex.Match;
import io.holdfast.response.spi.SemanticIndex.Stored;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers to the same question in other words. Every one is looked at in the cache before it serves, so what is
 * gone, expired, superseded or too old for the caller serves as little as under its own key.
 *
 * <p>Trouble with the stage becomes "nothing found", is counted, and after repeated failures the stage is left
 * alone for a while, as the cache is.
 */
final class SemanticHits<T> {

  private final String name;
  private final Set<String> namespaces;
  private final Privacy privacy;
  private final SemanticIndex index;
  private final SemanticWalk walk;
  private final ShadowTrials<T> shadow;
  private final GuardedCache cache;
  private final AnswerReader<T> reader;
  private final Circuit circuit;
  private final Counters counters;
  private final OnceLog log;

  SemanticHits(
      ResponseCacheBuilder<T> settings,
      SemanticIndex index,
      GuardedCache cache,
      AnswerReader<T> reader,
      Executor background,
      Counters counters,
      OnceLog log) {
    this.name = settings.name;
    this.namespaces = Set.copyOf(settings.semanticNamespaces);
    this.privacy = settings.privacy;
    this.index = index;
    this.walk = new SemanticWalk(index, cache, background, settings.semanticPause);
    this.shadow = new ShadowTrials<>(settings, index, background, counters, log);
    this.cache = cache;
    this.reader = reader;
    this.circuit =
        new Circuit(settings.clock, settings.circuitFailures, settings.circuitPause.toMillis());
    this.counters = counters;
    this.log = log;
  }

  /**
   * The partition of a call that other words may answer; null for all others. A question that may not be stored
   * as it is has none: redacted, two questions about two people would be the same.
   */
  @Nullable
  String partition(ResponseKey key) {
    String question = key.question().orElse(null);
    return question == null
            || !namespaces.contains(key.namespace())
            || !privacy.isLeftAlone(question)
        ? null
        : key.partition();
  }

  /** Whether {@link #find(Lead)} would look. */
  boolean isAsked(Lead<T> lead) {
    return !lead.isBypassing() && isAsked(lead.call());
  }

  private static boolean isAsked(Call call) {
    return call.partition() != null && !call.policy().noCache();
  }

  /** An answer to other words, for whoever would have to call; null if there is none. */
  @Nullable
  Landing<T> find(Lead<T> lead) {
    if (!isAsked(lead)) {
      return null;
    }
    Trial<T> trial = trial(lead.call(), /* mayCall= */ true);
    lead.flight().trial(trial);
    return trial == null ? null : trial.neighbour();
  }

  /** The same for a caller who must not call. */
  @Nullable
  Landing<T> find(Call call) {
    Trial<T> trial = isAsked(call) ? trial(call, /* mayCall= */ false) : null;
    return trial == null ? null : trial.neighbour();
  }

  private @Nullable Trial<T> trial(Call call, boolean mayCall) {
    return guarded(() -> {
      boolean complete = walk.isComplete();
      Asked asked = read(call);
      if (asked == null) {
        return null;
      }
      return complete ? trial(call, mayCall, asked) : new Trial<>(asked, null, null);
    });
  }

  private @Nullable Asked read(Call call) {
    String question = call.question();
    return question == null ? null : index.read(question).orElse(null);
  }

  private Trial<T> trial(Call call, boolean mayCall, Asked asked) {
    String partition = partitionOf(call);
    var seen = new HashMap<String, CachedResponse>();
    Match match = index
        .match(call.namespace(), partition, asked, members -> read(call, partition, members, seen))
        .orElse(null);
    if (match == null) {
      return new Trial<>(asked, null, null);
    }
    boolean serves =
        match.isServed() && !(mayCall && match.isEvidenceWanted() && shadow.isAudited());
    if (!match.isServed()) {
      counters.count(Event.SEMANTIC_REFUSED);
    }
    boolean judges = !serves && match.isEvidenceWanted() && shadow.isOn();
    String key = new Place(partition, match.member()).key();
    CachedResponse response = seen.get(key);
    Landing<T> landing = serves || judges ? reader.read(call.withKey(key), response) : null;
    if (response == null || !(landing instanceof Landing.Answered<T> answered)) {
      return new Trial<>(asked, null, null);
    }
    return serves
        ? new Trial<>(asked, served(call, key, match, answered), null)
        : new Trial<>(asked, null, candidate(response, match, answered));
  }

  private static <T> Landing.Answered<T> served(
      Call call, String key, Match match, Landing.Answered<T> answered) {
    var other = new SemanticMatch(call.namespace(), key, match.similarity(), match.score());
    return new Landing.Answered<>(answered.answer().servedFor(other), answered.chunks());
  }

  private static <T> @Nullable Candidate<T> candidate(
      CachedResponse response, Match match, Landing.Answered<T> answered) {
    String question = response.question();
    return question == null
        ? null
        : new Candidate<>(question, answered.answer().value(), match.score());
  }

  private Map<String, Optional<Stored>> read(
      Call call, String partition, Collection<String> members, Map<String, CachedResponse> seen) {
    var keys = new LinkedHashMap<String, String>();
    members.forEach(member -> keys.put(new Place(partition, member).key(), member));
    Map<String, CachedResponse> found = cache.tryFindAll(keys.keySet()).orElse(null);
    var entries = new HashMap<String, Optional<Stored>>();
    keys.forEach((key, member) -> {
      if (found == null) {
        entries.put(member, Optional.empty()); // unknown, and so not gone
        return;
      }
      CachedResponse response = found.get(key);
      if (response != null) {
        seen.put(key, response);
        entries.put(member, stored(call, partition, key, response));
      }
    });
    return entries;
  }

  private Optional<Stored> stored(
      Call call, String partition, String key, CachedResponse response) {
    Meaning meaning = response.meaning();
    String wording = response.question();
    return meaning != null
            && wording != null
            && meaning.partition().equals(Place.mark(partition))
            && reader.isServable(call.withKey(key), response)
        ? Optional.of(new Stored(wording, meaning.vector()))
        : Optional.empty();
  }

  /** What to store with the answer, so that other words find it; null if they must not. */
  @Nullable
  Meaning meaning(Flight<T> flight) {
    Call call = flight.call();
    if (call.partition() == null) {
      return null;
    }
    Trial<T> trial = flight.trial();
    Asked asked = trial != null ? trial.asked() : guarded(() -> read(call));
    return asked == null ? null : new Meaning(Place.mark(partitionOf(call)), asked.vector());
  }

  /** This was stored, so other words find it from now on; and what would have been served in its stead is judged. */
  void stored(Flight<T> flight, Answer<T> answer, CachedResponse response) {
    Call call = flight.call();
    Meaning meaning = response.meaning();
    if (meaning != null) {
      guarded(() -> {
        index.add(partitionOf(call), Place.member(call.key()), meaning.vector());
        return true;
      });
    }
    Trial<T> trial = flight.trial();
    if (trial != null && trial.candidate() != null) {
      shadow.judge(call, answer.value(), trial.candidate());
    }
  }

  private static String partitionOf(Call call) {
    String partition = call.partition();
    if (partition == null) {
      throw new IllegalStateException("a call that other words may answer");
    }
    return partition;
  }

  /** Nothing of this tenant's is known any more. */
  void erase(String mark) {
    guarded(() -> {
      index.removeAll(partition -> TenantMark.isIn(partition, mark));
      return true;
    });
  }

  /** {@link ResponseCache#reportWrong}. */
  boolean reportWrong(SemanticMatch match) {
    guarded(() -> {
      index.learn(match.namespace(), match.score(), /* isRight= */ false);
      return true;
    });
    return cache.remove(match.key());
  }

  SemanticStatistics statistics() {
    SemanticStatistics now = guarded(() -> counters.semantic(index.size(), index.scopes()));
    return now == null ? counters.semantic(0, List.of()) : now;
  }

  /** Looks no more for what other processes store. */
  void close() {
    walk.close();
  }

  private <R> @Nullable R guarded(Supplier<@Nullable R> action) {
    if (!circuit.admits()) {
      return null;
    }
    try {
      R result = action.get();
      circuit.succeeded();
      return result;
    } catch (RuntimeException | LinkageError e) {
      counters.count(Event.SEMANTIC_FAILURE);
      // Without the exception's message, which may quote a question.
      log.warn(
          "semantic",
          () -> "response cache " + name + ": the semantic stage failed ("
              + e.getClass().getName() + "); calls go on without it, further failures are counted",
          null);
      circuit.failed();
      return null;
    }
  }
}
