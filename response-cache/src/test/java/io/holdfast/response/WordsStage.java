package io.holdfast.response;

import io.holdfast.response.spi.SemanticIndex;
import io.holdfast.response.spi.SemanticScope;
import io.holdfast.response.spi.SemanticStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes two questions for the same if they have the same words, and is half sure if they share most of them. */
final class WordsStage implements SemanticStage, SemanticIndex {

  final List<Boolean> learnt = new ArrayList<>();
  final AtomicInteger reads = new AtomicInteger();
  volatile @Nullable LinkageError failure;
  private final Map<String, Map<String, String>> partitions = new ConcurrentHashMap<>();

  @Override
  public SemanticIndex open(String cache) {
    return this;
  }

  @Override
  public Optional<Asked> read(String wording) {
    reads.incrementAndGet();
    if (failure != null) {
      throw failure;
    }
    return wording.length() > 1000 ? Optional.empty() : Optional.of(() -> words(wording));
  }

  private static String words(String wording) {
    return String.join(
        " ", new TreeSet<>(List.of(wording.toLowerCase(Locale.ROOT).split("\\W+"))));
  }

  @Override
  public void add(String partition, String member, String vector) {
    partitions.computeIfAbsent(partition, name -> new ConcurrentHashMap<>()).put(member, vector);
  }

  @Override
  public void removeAll(Predicate<String> removed) {
    partitions.keySet().removeIf(removed);
  }

  @Override
  public Optional<Match> match(String namespace, String partition, Asked asked, Entries entries) {
    var members = new TreeMap<>(partitions.getOrDefault(partition, Map.of())).keySet();
    Map<String, Optional<Stored>> read = entries.read(members);
    Match best = null;
    for (String member : members) {
      if (!read.containsKey(member)) {
        partitions.getOrDefault(partition, Map.of()).remove(member);
        continue;
      }
      Optional<Stored> stored = read.get(member);
      double share = stored.map(other -> share(asked.vector(), other.vector())).orElse(0.0);
      if (share > 0.5 && (best == null || share > best.score())) {
        best = new Match(member, share, share, share == 1, /* isEvidenceWanted= */ true);
      }
    }
    return Optional.ofNullable(best);
  }

  private static double share(String a, String b) {
    Set<String> all = new HashSet<>(Arrays.asList(a.split(" ")));
    Set<String> both = new HashSet<>(all);
    both.retainAll(Arrays.asList(b.split(" ")));
    all.addAll(Arrays.asList(b.split(" ")));
    return (double) both.size() / all.size();
  }

  @Override
  public void learn(String namespace, double score, boolean isRight) {
    learnt.add(isRight);
  }

  @Override
  public List<SemanticScope> scopes() {
    return List.of(new SemanticScope("chat", true, 1, 0, 0, 0, 0, 0, 0.01, 0.95));
  }

  @Override
  public long size() {
    return partitions.values().stream().mapToLong(Map::size).sum();
  }
}
