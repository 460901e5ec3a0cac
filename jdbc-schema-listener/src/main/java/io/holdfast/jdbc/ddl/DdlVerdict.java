package io.holdfast.jdbc.ddl;

import io.holdfast.schema.SqlName;
import io.holdfast.schema.Suspects;
import java.util.List;

/**
 * What a text says about structure.
 *
 * <p>TRUNCATE is a {@link Answer#NO} with its tables as suspects: it leaves the structure, but the
 * answers computed from the rows are gone with them. GRANT, REVOKE, COMMENT and what touches only
 * temporary objects are a {@link Answer#NO} without any.
 *
 * @param answer yes, maybe or no
 * @param kind first word of the deciding statement in upper case ({@code ALTER}), empty if nobody
 *     is suspect
 * @param objects names in the text that the change is about, in order, quotes removed; with {@link
 *     Answer#NO} and {@code contextChange}, the temporary objects that the text creates or drops
 * @param suspects whose structure, or whose replaced rows, to look at afterwards; with {@link
 *     Answer#NO} {@link Suspects#NONE}, except for TRUNCATE
 * @param transactionControl whether the text itself begins, commits or rolls back, so that the
 *     transaction state after it is not what JDBC calls alone would tell; savepoints are none,
 *     except on SQLite, where they open and commit transactions
 * @param contextChange whether it changes how later names resolve ({@code SET search_path}, {@code
 *     USE}, {@code SET ROLE}, a temporary table that hides a permanent one)
 */
public record DdlVerdict(
    Answer answer,
    String kind,
    List<SqlName> objects,
    Suspects suspects,
    boolean transactionControl,
    boolean contextChange) {

  /** The verdict of nearly every statement. */
  public static final DdlVerdict NO =
      new DdlVerdict(Answer.NO, "", List.of(), Suspects.NONE, false, false);

  public DdlVerdict {
    objects = List.copyOf(objects);
  }

  /** How sure the text makes us. */
  public enum Answer {
    YES,
    MAYBE,
    NO
  }
}
