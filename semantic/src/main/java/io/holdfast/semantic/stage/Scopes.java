package io.holdfast.semantic.stage;

import io.holdfast.response.spi.SemanticScope;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The scopes of one response cache, each read from where it was kept when it is first asked for. */
final class Scopes {
  private final Function<String, Scope> open;
  private final Map<String, Scope> scopes = new ConcurrentHashMap<>();

  Scopes(Function<String, Scope> open) {
    this.open = open;
  }

  Scope scope(String namespace) {
    Scope known = scopes.get(namespace);
    return known != null ? known : scopes.computeIfAbsent(namespace, open);
  }

  /** In the order of their namespaces. */
  List<SemanticScope> all() {
    return scopes.values().stream()
        .map(Scope::state)
        .sorted(Comparator.comparing(SemanticScope::namespace))
        .toList();
  }
}
