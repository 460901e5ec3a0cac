package io.holdfast.jdbc.ddl;

import io.holdfast.schema.Dialect;

/** Judges texts of one dialect. Safe from any thread; never throws, whatever the text. */
public interface DdlRecognizer {

  /**
   * Returns the verdict for a text, which may hold several statements.
   *
   * <p>No I/O, never blocks. A text seen before costs one look-up; any other is read once, in time
   * linear in its length. Texts beyond some thousand characters are not remembered.
   *
   * @param sql the text as it goes to the driver
   */
  DdlVerdict recognise(String sql);

  /**
   * Returns the recogniser of a dialect, the same for every caller; it remembers verdicts by text in
   * a table of bounded size.
   */
  static DdlRecognizer forDialect(Dialect dialect) {
    return RememberingRecognizer.of(dialect);
  }
}
