package io.holdfast.response.spi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The questions that one response cache has answers to, by their meaning. Holds no answers and no keys.
 *
 * <p>A partition is what has to be equal: tenant, model, everything but the wording. A member of it is 64
 * lower-case hexadecimal digits that stand for an entry. Safe from any thread. What it throws is counted and
 * logged once, and the call goes on without it.
 */
public interface SemanticIndex {

  /** A question that was read. */
  interface Asked {

    /** What to store beside its answer: one line, less than a thousand characters. */
    String vector();
  }

  /**
   * An entry as it is stored.
   *
   * @param wording its question
   * @param vector {@link Asked#vector} of that
   */
  record Stored(String wording, String vector) {}

  /** Reads entries. */
  interface Entries {

    /**
     * The entries of these members: none for one that is gone, an empty one for one that is there and must not
     * serve this caller. Costs a look-up each.
     */
    Map<String, Optional<Stored>> read(Collection<String> members);
  }

  /**
   * The member whose answer is the likeliest to serve.
   *
   * @param similarity of the two sentences, from -1 to 1
   * @param score how sure it is; higher is surer
   * @param isServed whether that is sure enough in this namespace
   * @param isEvidenceWanted whether it would help to know if it is right
   */
  record Match(
      String member, double similarity, double score, boolean isServed, boolean isEvidenceWanted) {}

  /** Reads a question; some milliseconds on this thread. Empty if it is none to be judged, as it is too long. */
  Optional<Asked> read(String wording);

  /**
   * Adds a question, if the member is not there: it stands for its wording, whose vector does not change.
   *
   * @param vector {@link Asked#vector}; one that this index cannot read is passed over
   */
  void add(String partition, String member, String vector);

  /** Removes all of these partitions. */
  void removeAll(Predicate<String> partitions);

  /**
   * Finds the best match; some milliseconds on this thread. Members that turn out to be gone are removed.
   *
   * @param namespace decides how sure is sure enough
   */
  Optional<Match> match(String namespace, String partition, Asked asked, Entries entries);

  /**
   * Learns whether a match was right.
   *
   * @param score {@link Match#score}
   * @param isRight whether one answer served, or would have served, both questions
   */
  void learn(String namespace, double score, boolean isRight);

  /** What is known of each namespace that was asked for; cheap. */
  List<SemanticScope> scopes();

  /** How many questions there are; cheap. */
  long size();
}
