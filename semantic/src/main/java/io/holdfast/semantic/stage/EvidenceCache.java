package io.holdfast.semantic.stage;

import io.holdfast.semantic.calibrate.Evidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt about one scope, in a cache: an entry for each judged pair, which holds a score and a label, and one for the
 * standing. Entries are only ever added, so processes that share the cache lose none of each other's.
 */
final class EvidenceCache {
  private final @Nullable Cache<String, String> cache;
  private final String scope;

  /**
   * For one scope.
   *
   * @param cache null to forget it all with the process
   * @param names what tells the scope apart: response cache, namespace, judge
   */
  EvidenceCache(@Nullable Cache<String, String> cache, String... names) {
    this.cache = cache;
    var path = new StringBuilder();
    for (String name : names) {
      path.append(name.replace("%", "%25").replace("/", "%2F").replace("#", "%23"))
          .append('/');
    }
    this.scope = path.toString();
  }

  /** Whether anything outlives the process, and others hear of it. */
  boolean isKept() {
    return cache != null;
  }

  void add(List<Evidence> pairs) {
    add(pairs, new HashMap<>());
  }

  /** Adds them, and that they came from there; in one operation, so that none are told twice or not at all. */
  void add(List<Evidence> pairs, String source) {
    add(pairs, new HashMap<>(Map.of(keyOf(source), Integer.toString(pairs.size()))));
  }

  /** Whether pairs were added from there. */
  boolean hasHeardOf(String source) {
    return cache != null && cache.containsKey(keyOf(source));
  }

  private String keyOf(String source) {
    return scope + "!" + source;
  }

  private void add(List<Evidence> pairs, Map<String, String> entries) {
    if (cache == null) {
      return;
    }
    for (Evidence pair : pairs) {
      entries.put(
          scope + "#" + UUID.randomUUID(), pair.score() + " " + (pair.shouldMatch() ? 1 : 0));
    }
    cache.putAll(entries);
  }

  /** All pairs; walks over the cache. What cannot be read is passed over. */
  List<Evidence> pairs() {
    List<Evidence> pairs = new ArrayList<>();
    if (cache != null) {
      for (Cache.Entry<String, String> entry : cache) {
        if (entry.getKey().startsWith(scope + "#")) {
          addTo(pairs, entry.getValue());
        }
      }
    }
    return pairs;
  }

  private static void addTo(List<Evidence> pairs, String text) {
    int space = text.indexOf(' ');
    try {
      pairs.add(new Evidence(
          Double.parseDouble(text.substring(0, Math.max(0, space))), text.endsWith(" 1")));
    } catch (IllegalArgumentException e) {
      // Not ours, or damaged; a pair less only makes the decision stricter.
    }
  }

  void standing(Standing standing) {
    if (cache != null) {
      cache.put(scope, standing.text());
    }
  }

  /** As it was last written; the beginner's if there is none that can be read. */
  Standing standing() {
    String text = cache == null ? null : cache.get(scope);
    return text == null ? Standing.NEW : Standing.parse(text);
  }
}
