package io.holdfast.response;

import io.holdfast.response.Flight.Landing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way of many calls at once: one look-up for all, one computation for what is missing. */
final class BatchCalls<T> {

  private final GuardedCache cache;
  private final Flights<T> flights;
  private final AnswerReader<T> reader;
  private final Calls<T> calls;
  private final Computing<T> computing;
  private final Counters counters;

  BatchCalls(
      GuardedCache cache,
      Flights<T> flights,
      AnswerReader<T> reader,
      Calls<T> calls,
      Computing<T> computing,
      Counters counters) {
    this.cache = cache;
    this.flights = flights;
    this.reader = reader;
    this.calls = calls;
    this.computing = computing;
    this.counters = counters;
  }

  <Q, X extends Exception> Batch<Q, X> batch(BatchComputation<Q, T, X> computation) {
    return new Batch<>(computation);
  }

  /** A question that has to go past the cache. */
  private record Uncached<Q>(Q question, String namespace, NotStoredReason reason) {}

  /** One key, and all questions that have it: at least one. */
  private record Keyed<Q>(Call call, List<Q> questions) {

    Q first() {
      return questions.get(0);
    }
  }

  private record Led<Q, T>(Keyed<Q> keyed, Lead<T> lead) {}

  private record Followed<Q, T>(Keyed<Q> keyed, Flight<T> flight) {}

  /** One caller's questions, until all have their answers. Of one thread. */
  final class Batch<Q, X extends Exception> {
    private final BatchComputation<Q, T, X> computation;
    private final long startNanos = computing.startNanos();
    private final Map<Q, Optional<Answer<T>>> answers = new LinkedHashMap<>();
    private final List<Uncached<Q>> uncached = new ArrayList<>();
    private final Map<String, Keyed<Q>> keyed = new LinkedHashMap<>();
    private final List<Led<Q, T>> led = new ArrayList<>();
    private final List<Followed<Q, T>> followed = new ArrayList<>();
    private final List<Keyed<Q>> oneByOne = new ArrayList<>();

    Batch(BatchComputation<Q, T, X> computation) {
      this.computation = computation;
    }

    boolean has(Q question) {
      return answers.containsKey(question);
    }

    void add(Q question, Call call) {
      // Its place in the order of the answers.
      answers.put(question, Optional.empty());
      keyed
          .computeIfAbsent(call.key(), key -> new Keyed<>(call, new ArrayList<>()))
          .questions()
          .add(question);
    }

    void addUncached(Q question, String namespace, NotStoredReason reason) {
      answers.put(question, Optional.empty());
      uncached.add(new Uncached<>(question, namespace, reason));
    }

    Map<Q, Answer<T>> answers() throws X {
      try {
        depart();
        claim();
        compute();
      } catch (Throwable failure) {
        // Those not ended by compute: nobody has called for them.
        led.forEach(each -> each.lead().failed(failure, /* cancelled= */ true));
        throw failure;
      }
      follow();
      for (Keyed<Q> each : oneByOne) {
        Q question = each.first();
        Answer<T> answer = calls.answer(
            each.call(),
            () -> BatchAnswers.require(computation.compute(List.of(question)), question));
        settle(each, answer);
      }
      var complete = new LinkedHashMap<Q, Answer<T>>();
      answers.forEach((question, answer) -> complete.put(question, answer.orElseThrow()));
      return complete;
    }

    private void depart() {
      long ended = flights.ended();
      boolean bypass = !cache.admits();
      Map<String, CachedResponse> stored =
          bypass || keyed.isEmpty() ? Map.of() : cache.findAll(keyed.keySet());
      var missing = new ArrayList<Keyed<Q>>();
      keyed.forEach((key, each) -> {
        Landing<T> landing =
            each.call().policy().noCache() ? null : reader.read(each.call(), stored.get(key));
        if (landing == null) {
          missing.add(each);
        } else {
          settle(each, landing);
        }
      });
      for (Keyed<Q> each : missing) {
        Attempt<T> attempt = calls.depart(each.call(), ended, bypass);
        if (attempt instanceof Attempt.Settled<T> settled) {
          settle(each, settled.landing());
        } else if (attempt instanceof Attempt.Joined<T> joined) {
          followed.add(new Followed<>(each, joined.flight()));
        } else if (attempt instanceof Attempt.Leading<T> leading) {
          led.add(new Led<>(each, leading.lead()));
        }
      }
    }

    /** Leaves to other processes what they are computing; waiting for them comes last. */
    private void claim() {
      for (Led<Q, T> each : List.copyOf(led)) {
        Claims.Look<T> look = calls.elsewhere().look(each.lead());
        if (look instanceof Claims.Look.Wait) {
          led.remove(each);
          each.lead().settled(new Landing.Abandoned<>());
          oneByOne.add(each.keyed());
        } else if (look instanceof Claims.Look.Found<T> found) {
          led.remove(each);
          each.lead().settled(found.landing());
          settle(each.keyed(), found.landing());
        }
      }
    }

    private void compute() throws X {
      var questions = new ArrayList<Q>();
      uncached.forEach(each -> questions.add(each.question()));
      led.forEach(each -> questions.add(each.keyed().first()));
      if (questions.isEmpty()) {
        return;
      }
      long callNanos = computing.startNanos();
      Map<Q, ? extends T> brought;
      try {
        brought = computation.compute(List.copyOf(questions));
        questions.forEach(question -> BatchAnswers.require(brought, question));
      } catch (Throwable failure) {
        computing.failed(namespace());
        boolean cancelled = Lead.isCancellation(failure);
        led.forEach(each -> each.lead().failed(failure, cancelled));
        led.clear();
        throw failure;
      }
      hand(brought, computing.millisSince(callNanos) / questions.size());
    }

    private void hand(Map<Q, ? extends T> brought, long millisEach) {
      for (Uncached<Q> each : uncached) {
        counters.notStored(each.reason());
        T value = BatchAnswers.require(brought, each.question());
        Answer<T> answer =
            computing.computed(each.namespace(), value, Outcome.BYPASSED, millisEach);
        answers.put(each.question(), Optional.of(answer));
      }
      while (!led.isEmpty()) {
        Led<Q, T> each = led.remove(0);
        T value = BatchAnswers.require(brought, each.keyed().first());
        Answer<T> answer = computing.computed(
            each.lead().call().namespace(), value, each.lead().outcome(), millisEach);
        each.lead().answered(answer);
        settle(each.keyed(), answer);
      }
    }

    /** Of the call that was made, by its first question. */
    private String namespace() {
      return uncached.isEmpty()
          ? led.get(0).lead().call().namespace()
          : uncached.get(0).namespace();
    }

    private void follow() {
      for (Followed<Q, T> each : followed) {
        Landing<T> landing = each.flight().await(calls.maxWait());
        if (landing instanceof Landing.Abandoned) {
          oneByOne.add(each.keyed());
        } else {
          settle(each.keyed(), calls.shared(landing));
        }
      }
    }

    private void settle(Keyed<Q> each, Landing<T> landing) {
      Answer<T> answer = calls.settle(each.call(), landing, startNanos);
      if (answer != null) {
        settle(each, answer);
      }
    }

    private void settle(Keyed<Q> each, Answer<T> answer) {
      each.questions().forEach(question -> answers.put(question, Optional.of(answer)));
    }
  }
}
