package io.holdfast.jdbc.ddl;

import io.holdfast.schema.Dialect;
import java.util.EnumMap;
import java.util.Map;

/** Judges each text once, as far as the memory reaches. */
final class RememberingRecognizer implements DdlRecognizer {

  /** At most 16 MB of text for each dialect in use, if all are as long as can be. */
  private static final int REMEMBERED_TEXTS = 2048;

  private final DdlRecognizer judge;
  private final VerdictMemory memory;

  RememberingRecognizer(DdlRecognizer judge, VerdictMemory memory) {
    this.judge = judge;
    this.memory = memory;
  }

  static DdlRecognizer of(Dialect dialect) {
    DdlRecognizer recognizer = PerDialect.ALL.get(dialect);
    if (recognizer == null) {
      throw new IllegalArgumentException("no recogniser for " + dialect);
    }
    return recognizer;
  }

  @Override
  public DdlVerdict recognise(String sql) {
    if (sql.length() > VerdictMemory.LONGEST_TEXT) {
      return judge.recognise(sql);
    }
    DdlVerdict known = memory.find(sql);
    if (known == null) {
      known = judge.recognise(sql);
      memory.remember(sql, known);
    }
    return known;
  }

  /** Made when the first recogniser is asked for. */
  private static final class PerDialect {

    private static final Map<Dialect, DdlRecognizer> ALL = new EnumMap<>(Dialect.class);

    static {
      for (Dialect dialect : Dialect.values()) {
        ALL.put(
            dialect,
            new RememberingRecognizer(new TextJudge(dialect), new VerdictMemory(REMEMBERED_TEXTS)));
      }
    }
  }
}
