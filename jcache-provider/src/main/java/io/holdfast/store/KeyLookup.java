package io.holdfast.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the rows of keys are, and what has to be known of their neighbours before they are written. */
final class KeyLookup {
  private final KeyHasher hasher;
  private final CacheAccess access;
  private final EntryReader reader;

  KeyLookup(KeyHasher hasher, CacheAccess access, EntryReader reader) {
    this.hasher = hasher;
    this.access = access;
    this.reader = reader;
  }

  Bucket bucketOf(StoredKey key) {
    return Bucket.of(hasher.hash(key));
  }

  // In the order of the file; changes of one key keep the order they were given in.
  List<WriteBatch.Step> stepsFor(List<? extends Change> changes) {
    var steps = new ArrayList<WriteBatch.Step>(changes.size());
    for (Change change : changes) {
      steps.add(new WriteBatch.Step(change, new KeyMatch(change.key(), bucketOf(change.key()))));
    }
    if (steps.size() > 1) {
      steps.sort(Comparator.comparing(step -> step.match().bucket()));
    }
    return steps;
  }

  /** Reads which keys there are beside those that only their class can compare. */
  void learnOpaqueKeys(List<WriteBatch.Step> steps) {
    Map<Bucket, List<Cell>> columns = new LinkedHashMap<>();
    for (WriteBatch.Step step : steps) {
      if (step.match().isOpaque()) {
        // What this batch itself may store counts too.
        columns
            .computeIfAbsent(step.match().bucket(), bucket -> new ArrayList<>())
            .add(step.change().key().column());
      }
    }
    if (columns.isEmpty()) {
      return;
    }
    access.read("read keys", session -> {
      for (Map.Entry<Bucket, List<Cell>> bucket : columns.entrySet()) {
        bucket.getValue().addAll(reader.keys(session, bucket.getKey()));
      }
      return columns;
    });
    for (WriteBatch.Step step : steps) {
      step.match().learn(columns.getOrDefault(step.match().bucket(), List.of()));
    }
  }
}
