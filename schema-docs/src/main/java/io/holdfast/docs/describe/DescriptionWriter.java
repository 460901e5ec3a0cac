package io.holdfast.docs.describe;

import io.holdfast.docs.profile.TableProfile;
import io.holdfast.response.Usage;
import io.holdfast.schema.TableStructure;
import org.jspecify.annotations.Nullable;

/** Puts one table into words. Used by one thread at a time. */
public interface DescriptionWriter {

  /**
   * A description of the table.
   *
   * @throws DescriptionException if there is none to be had; nothing is to be kept then. An interrupted
   *     thread finds its flag set again
   */
  Description describe(TableStructure table, TableProfile profile) throws DescriptionException;

  /** Who writes, for the foot of a page. */
  String byline();

  /**
   * Everything about this writer that can change its words, for a cache key: kind, version, model,
   * parameters. Holds no secret.
   */
  String fingerprint();

  /**
   * The words.
   *
   * @param summary one line of Markdown for the index
   * @param prose Markdown for the head of the page, without headings
   * @param usage the tokens it took, or null if it took none or nobody says
   */
  record Description(String summary, String prose, @Nullable Usage usage) {}
}
