package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.Lexis.Trait;

/**
 * Skips what separates tokens: space and comments. The opening and the closing of an executable
 * comment count as space too, so that its content is read like any other SQL.
 */
final class Blanks {

  private final String text;
  private final int length;
  private final Lexis lexis;
  private final boolean dashesNeedSpace;
  private final boolean carriageReturnEndsLine;
  private int openExecutableComments;
  private boolean sawUncertainVersion;

  Blanks(String text, Lexis lexis) {
    this.text = text;
    this.length = text.length();
    this.lexis = lexis;
    this.dashesNeedSpace = lexis.has(Trait.DASHES_NEED_SPACE);
    this.carriageReturnEndsLine = lexis.has(Trait.CARRIAGE_RETURN_ENDS_LINE);
  }

  boolean sawUncertainVersion() {
    return sawUncertainVersion;
  }

  /** The next position at or after this one that begins a token, or the length. */
  int skip(int from) {
    int at = from;
    while (at < length) {
      char c = text.charAt(at);
      if (Characters.isBlank(c)) {
        at++;
        continue;
      }
      int after = switch (c) {
        case '-' -> afterDashes(at);
        case '/' -> afterSlash(at);
        case '#' -> lexis.has(Trait.HASH_COMMENTS) ? afterLine(at + 1) : at;
        case '*' -> afterExecutableComment(at);
        default -> at;
      };
      if (after == at) {
        return at;
      }
      at = after;
    }
    return length;
  }

  private int afterDashes(int at) {
    if (at + 1 >= length || text.charAt(at + 1) != '-') {
      return at;
    }
    if (dashesNeedSpace && at + 2 < length && text.charAt(at + 2) > ' ') {
      return at;
    }
    return afterLine(at + 2);
  }

  private int afterLine(int from) {
    int newline = text.indexOf('\n', from);
    int lineEnd = newline < 0 ? length : newline;
    if (carriageReturnEndsLine) {
      for (int at = from; at < lineEnd; at++) {
        if (text.charAt(at) == '\r') {
          return at + 1;
        }
      }
    }
    return lineEnd;
  }

  private int afterSlash(int at) {
    if (at + 1 >= length) {
      return at;
    }
    char second = text.charAt(at + 1);
    if (second == '/' && lexis.has(Trait.SLASH_COMMENTS)) {
      return afterLine(at + 2);
    }
    if (second != '*') {
      return at;
    }
    if (lexis.has(Trait.EXECUTABLE_COMMENTS)) {
      int bang = at + 2;
      boolean mariadb = bang < length && text.charAt(bang) == 'M';
      if (mariadb) {
        bang++;
      }
      if (bang < length && text.charAt(bang) == '!') {
        return afterBang(at, bang + 1, mariadb);
      }
    }
    return afterComment(at + 2, lexis.has(Trait.NESTED_COMMENTS) ? Integer.MAX_VALUE : 1);
  }

  /** Enters an executable comment if this server runs it, else skips it whole. */
  private int afterBang(int opening, int from, boolean mariadbOnly) {
    int at = from;
    int version = 0;
    while (at < length && at < from + 6 && Character.digit(text.charAt(at), 10) >= 0) {
      version = version * 10 + Character.digit(text.charAt(at), 10);
      at++;
    }
    boolean mariadb = lexis.has(Trait.MARIADB_VERSIONS);
    boolean runs = mariadb ? mariadbOnly || version < 50_700 || version > 99_999 : !mariadbOnly;
    if (!runs) {
      // A plain comment may stand inside one that is skipped, but no deeper.
      return afterComment(opening + 2, 2);
    }
    // The server's own version decides, and the text does not tell it.
    sawUncertainVersion |= version >= (mariadb ? 110_000 : 50_700);
    openExecutableComments++;
    return at;
  }

  private int afterExecutableComment(int at) {
    if (openExecutableComments > 0 && at + 1 < length && text.charAt(at + 1) == '/') {
      openExecutableComments--;
      return at + 2;
    }
    return at;
  }

  private int afterComment(int from, int deepest) {
    int depth = 1;
    int at = from;
    while (at + 1 < length) {
      char c = text.charAt(at);
      if (c == '*' && text.charAt(at + 1) == '/') {
        at += 2;
        if (--depth == 0) {
          return at;
        }
      } else if (c == '/' && depth < deepest && text.charAt(at + 1) == '*') {
        depth++;
        at += 2;
      } else {
        at++;
      }
    }
    return length;
  }
}
