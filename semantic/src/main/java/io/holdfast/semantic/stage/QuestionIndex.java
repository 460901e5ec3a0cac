package io.holdfast.semantic.stage;

import io.holdfast.response.spi.SemanticIndex;
import io.holdfast.response.spi.SemanticScope;
import io.holdfast.semantic.Embedder;
import io.holdfast.semantic.Embedding;
import io.holdfast.semantic.Vectors;
import io.holdfast.semantic.verify.Judgement;
import io.holdfast.semantic.verify.PairJudge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds by signs, ranks by the stored vectors, and lets the judge read the few nearest as they are worded. */
final class QuestionIndex implements SemanticIndex {
  /** Longer texts have more word pieces than the model reads, so nobody need cut them up to see that. */
  static final int MAX_CHARACTERS = 2000;
  /** Below this no pair in the evidence was served. */
  private static final double LEAST_COSINE = 0.7;
  /** Each takes the judge some milliseconds. */
  private static final int JUDGED = 5;

  private final Embedder embedder;
  private final PairJudge judge;
  private final Scopes scopes;
  private final VectorText vectors;
  private final Members members;
  private final LatestEmbeddings latest;

  QuestionIndex(Embedder embedder, PairJudge judge, Scopes scopes) {
    this.embedder = embedder;
    this.judge = judge;
    this.scopes = scopes;
    this.vectors = new VectorText(embedder.identity());
    this.members = new Members(embedder.identity().dimensions());
    this.latest = new LatestEmbeddings(embedder);
  }

  private record Read(Embedding embedding, String vector) implements Asked {}

  @Override
  public Optional<Asked> read(String wording) {
    if (wording.isBlank() || wording.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    Embedding embedding = embedder.embed(wording);
    return embedding.truncated()
        ? Optional.empty()
        : Optional.of(new Read(embedding, vectors.write(wording, embedding.sentence())));
  }

  @Override
  public void add(String partition, String member, String vector) {
    long[] signs = vectors.signs(vector);
    if (signs != null) {
      members.add(partition, member, signs);
    }
  }

  @Override
  public void removeAll(Predicate<String> partitions) {
    members.removeAll(partitions);
  }

  @Override
  public Optional<Match> match(String namespace, String partition, Asked asked, Entries entries) {
    if (!(asked instanceof Read read)) {
      throw new IllegalArgumentException("asked is not what this index has read");
    }
    Set<String> candidates = members.nearest(partition, read.embedding.sentence());
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Optional<Stored>> stored = entries.read(candidates);
    candidates.stream()
        .filter(member -> !stored.containsKey(member))
        .forEach(member -> members.remove(partition, member));
    List<Near> nearest = near(candidates, stored, read.embedding.sentence()).stream()
        .sorted(Comparator.comparingDouble(Near::cosine).reversed())
        .filter(near -> !judge.forbids(read.embedding.text(), near.wording))
        .limit(JUDGED)
        .toList();
    return Optional.ofNullable(firstServedOrSurest(namespace, nearest, read.embedding));
  }

  /** The rest is not judged once one is sure enough: each takes some milliseconds, and all that serve keep the promise. */
  private @Nullable Match firstServedOrSurest(
      String namespace, List<Near> nearest, Embedding asked) {
    Match surest = null;
    for (Near near : nearest) {
      Match match = match(namespace, near, asked);
      if (match.isServed()) {
        return match;
      }
      if (match.score() > (surest == null ? Double.NEGATIVE_INFINITY : surest.score())) {
        surest = match;
      }
    }
    return surest;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Near(String member, String wording, float[] vector, double cosine) {}

  private List<Near> near(
      Set<String> candidates, Map<String, Optional<Stored>> stored, float[] sentence) {
    var near = new ArrayList<Near>();
    for (String member : candidates) {
      Stored entry = stored.getOrDefault(member, Optional.empty()).orElse(null);
      float[] vector = entry == null ? null : vectors.read(entry.vector(), entry.wording());
      if (entry == null || vector == null) {
        continue;
      }
      double cosine = Vectors.dot(sentence, vector);
      if (cosine >= LEAST_COSINE) {
        near.add(new Near(member, entry.wording(), vector, cosine));
      }
    }
    return near;
  }

  /** As it is stored, if the judge needs no more: the embedder may be a service that takes its time. */
  private Embedding embedding(Near near) {
    return judge.readsPieces()
        ? latest.of(near.wording)
        : new Embedding(near.wording, near.vector, List.of(), new float[0][], false);
  }

  private Match match(String namespace, Near near, Embedding asked) {
    Judgement judgement = judge.judge(asked, embedding(near));
    Scope scope = scopes.scope(namespace);
    return new Match(
        near.member,
        judgement.cosine(),
        judgement.score(),
        scope.serves(judgement.score()),
        scope.wants(judgement.score()));
  }

  @Override
  public void learn(String namespace, double score, boolean isRight) {
    scopes.scope(namespace).learn(score, isRight);
  }

  @Override
  public List<SemanticScope> scopes() {
    return scopes.all();
  }

  @Override
  public long size() {
    return members.size();
  }
}
