package io.holdfast.jdbc.ddl;

import io.holdfast.schema.Dialect;

/** Judges texts of one dialect. Safe from any thread; never throws, whatever the text. */
public interface DdlRecognizer {

  /** The verdict for a text, which may hold several statements. */
  DdlVerdict recognise(String sql);

  /** The recogniser of a dialect; remembers verdicts by text in a bounded table. */
  @SuppressWarnings("DoNotCallSuggester")
  static DdlRecognizer forDialect(Dialect dialect) {
    throw new IllegalStateException("the recogniser is being built: " + dialect);
  }
}
