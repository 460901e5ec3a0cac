package io.holdfast.jdbc.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short cuts of the scanner see what the long way sees. */
class SqlScannerTest {

  private static final String[] FRAGMENTS = {
    "into",
    "INTO",
    "x",
    "as",
    "E'a\\'b'",
    "e",
    "'it''s'",
    "\"a;b\"",
    "`c;`",
    "[d;",
    "]",
    "$$;$$",
    "$t$ into $t$",
    "a$b$c",
    "1e5",
    "12into",
    "/* ; into */",
    "/*!50100 into */",
    "-- into\n",
    "#\n",
    "//\n",
    "(",
    ")",
    ";",
    ",",
    ".",
    "U&'\\0061'",
    "u&\"x\"",
    "q'[;]'",
    "@into",
    "$1",
    "&",
    "é",
    "–",
    "\u00a0",
    "\ufeff",
    " ",
    "\n",
    "\\'",
    "'",
    "\"",
    "*/",
    "n'x'",
    "insert"
  };

  private static final Lexis[] DIALECTS = {
    Lexis.POSTGRESQL, Lexis.MARIADB, Lexis.SQLITE, Lexis.H2, Lexis.ORACLE, Lexis.SQLSERVER
  };

  @Test
  void seek_anyText_findsTheWordsThatAdvanceFinds() {
    var random = new Random(20261121);
    int letters = Characters.letters("INTO");
    for (int round = 0; round < 20_000; round++) {
      String text = text(random);
      Lexis dialect = DIALECTS[round % DIALECTS.length];
      assertThat(words(text, dialect, letters))
          .as("round %d: %s", round, text)
          .isEqualTo(words(text, dialect, -1));
    }
  }

  /** The words with i and where each statement ends, with the depth there; all ways at -1. */
  private static List<String> words(String text, Lexis dialect, int letters) {
    var words = new ArrayList<String>();
    var in = new SqlScanner(text, dialect);
    while (!in.atEndOfText()) {
      boolean wanted = in.token() == SqlScanner.Token.WORD && in.keyword().startsWith("I");
      if (wanted || in.token() == SqlScanner.Token.SEPARATOR) {
        words.add(in.position() + " " + in.keyword() + " " + in.depth());
      }
      if (letters < 0) {
        in.advance();
      } else {
        in.seek(letters);
      }
    }
    return words;
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
      if (random.nextBoolean()) {
        text.append(' ');
      }
    }
    return text.toString();
  }

  @Test
  void wordSearch_anyText_findsWhatContainsFinds() {
    var random = new Random(5);
    for (String word : new String[] {"INTO", "SET_CONFIG", "PG_", "ANALY", "CREATE"}) {
      var search = new WordSearch(word);
      String letters = word.toLowerCase(Locale.ROOT) + word + " é_";
      for (int round = 0; round < 20_000; round++) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
          text.append(letters.charAt(random.nextInt(letters.length())));
        }
        if (random.nextInt(3) == 0) {
          text.insert(random.nextInt(text.length()), word.toLowerCase(Locale.ROOT));
        }
        int from = random.nextInt(3);
        String rest = text.substring(Math.min(from, text.length()));
        assertThat(search.isIn(text.toString(), from))
            .as("%s in %s from %d", word, text, from)
            .isEqualTo(rest.toUpperCase(Locale.ROOT).contains(word));
      }
    }
  }

  @Test
  void wordMemory_wordsOfOnePlace_areToldApart() {
    var memory = new WordMemory();
    for (int round = 0; round < 2; round++) {
      for (String word :
          new String[] {"select", "SELECT", "sXlect", "saleat", "é", "größe", "a1"}) {
        assertThat(memory.upperCase("(" + word + ")", 1, 1 + word.length()))
            .isEqualTo(word.toUpperCase(Locale.ROOT));
      }
    }
    assertThat(memory.upperCase("drop", 0, 4)).isSameAs(memory.upperCase("Drop", 0, 4));
  }
}
