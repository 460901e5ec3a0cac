package io.holdfast.response;

import io.holdfast.response.spi.SemanticIndex;
import io.holdfast.response.spi.SemanticScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** No semantic stage: the index of a response cache that serves exact keys only. */
final class NoStage implements SemanticIndex {

  static final NoStage INSTANCE = new NoStage();

  private NoStage() {}

  @Override
  public Optional<Asked> read(String wording) {
    return Optional.empty();
  }

  @Override
  public void add(String partition, String member, String vector) {}

  @Override
  public void removeAll(Predicate<String> partitions) {}

  @Override
  public Optional<Match> match(String namespace, String partition, Asked asked, Entries entries) {
    return Optional.empty();
  }

  @Override
  public void learn(String namespace, double score, boolean isRight) {}

  @Override
  public List<SemanticScope> scopes() {
    return List.of();
  }

  @Override
  public long size() {
    return 0;
  }
}
