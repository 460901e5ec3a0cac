package io.holdfast.soak;

import java.util.Arrays;
import java.util.List;

/** What is on the board: one cache's keys, or the tables of the database. */
enum Area {
  ENTRIES(SoakFile.NORMAL, "entries", 1_024, InFile.EXACT),
  COUNTERS(SoakFile.NORMAL, "counters", 16, InFile.COUNTED),
  LIMITED(SoakFile.NORMAL, "limited", 1_024, InFile.NEWEST_OR_ABSENT),
  CLEARED(SoakFile.NORMAL, "cleared", 256, InFile.UNJUDGED),
  EXPIRING(SoakFile.NORMAL, "expiring", 256, InFile.UNJUDGED),
  FULL(SoakFile.FULL, "full", 512, InFile.EXACT),
  RELAXED(SoakFile.RELAXED, "relaxed", 512, InFile.EXACT_AT_REST),
  CROWDED(SoakFile.QUOTA, "crowded", 1_024, InFile.NEWEST_OR_ABSENT),
  SPARSE(SoakFile.QUOTA, "sparse", 1_024, InFile.NEWEST_OR_ABSENT),
  TABLES(SoakFile.NORMAL, "answers", Owner.PROCESSES, InFile.UNJUDGED);

  /** What a foreign reader must find of each key. */
  enum InFile {
    /** What was last acknowledged, or what was under way. */
    EXACT,
    /** The same, when nobody works any more; before that, anything that was ever put. */
    EXACT_AT_REST,
    /** What was evicted is absent; what is there is the newest. */
    NEWEST_OR_ABSENT,
    /** A number of increments. */
    COUNTED,
    UNJUDGED
  }

  final SoakFile file;
  final String cacheName;
  final int keys;
  final InFile inFile;

  Area(SoakFile file, String cacheName, int keys, InFile inFile) {
    this.file = file;
    this.cacheName = cacheName;
    this.keys = keys;
    this.inFile = inFile;
  }

  static List<Area> of(SoakFile file, InFile inFile) {
    return Arrays.stream(values())
        .filter(area -> area.file == file && area.inFile == inFile)
        .toList();
  }

  int firstKeyOnBoard() {
    int first = 0;
    for (Area before : values()) {
      if (before == this) {
        return first;
      }
      first += before.keys;
    }
    throw new AssertionError(this);
  }

  static int keysOnBoard() {
    Area last = values()[values().length - 1];
    return last.firstKeyOnBoard() + last.keys;
  }
}
