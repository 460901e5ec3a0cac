package io.holdfast.jdbc.ddl;

import io.holdfast.schema.Dialect;
import java.util.EnumSet;
import java.util.Set;

/** How a dialect spells comments, quotes and names: the traits that a {@link SqlScanner} obeys. */
final class Lexis {

  static final Lexis POSTGRESQL = new Lexis(
      Trait.NESTED_COMMENTS,
      Trait.ESCAPE_STRINGS,
      Trait.DOLLAR_QUOTES,
      Trait.CARRIAGE_RETURN_ENDS_LINE,
      Trait.PARENTHESES_HOLD_SEMICOLONS);
  /** With {@code standard_conforming_strings} off. */
  static final Lexis POSTGRESQL_WITH_BACKSLASHES = new Lexis(
      Trait.NESTED_COMMENTS,
      Trait.ESCAPE_STRINGS,
      Trait.DOLLAR_QUOTES,
      Trait.CARRIAGE_RETURN_ENDS_LINE,
      Trait.PARENTHESES_HOLD_SEMICOLONS,
      Trait.BACKSLASH_ESCAPES);

  static final Lexis MYSQL = new Lexis(
      Trait.HASH_COMMENTS,
      Trait.DASHES_NEED_SPACE,
      Trait.BACKSLASH_ESCAPES,
      Trait.BACKTICKS,
      Trait.AT_NAMES,
      Trait.EXECUTABLE_COMMENTS);
  static final Lexis MARIADB = new Lexis(
      Trait.HASH_COMMENTS,
      Trait.DASHES_NEED_SPACE,
      Trait.BACKSLASH_ESCAPES,
      Trait.BACKTICKS,
      Trait.AT_NAMES,
      Trait.EXECUTABLE_COMMENTS,
      Trait.MARIADB_VERSIONS);
  static final Lexis SQLITE = new Lexis(Trait.BACKTICKS, Trait.BRACKETS);
  static final Lexis H2 = new Lexis(
      Trait.NESTED_COMMENTS,
      Trait.SLASH_COMMENTS,
      Trait.DOLLAR_QUOTES,
      Trait.CARRIAGE_RETURN_ENDS_LINE,
      Trait.BACKTICKS);
  static final Lexis ORACLE = new Lexis(Trait.ALTERNATIVE_QUOTES);
  static final Lexis SQLSERVER = new Lexis(Trait.NESTED_COMMENTS, Trait.BRACKETS, Trait.AT_NAMES);

  /** An unknown engine: back-ticks and dollar quotes are hardly ever anything else. */
  static final Lexis GENERIC = new Lexis(Trait.BACKTICKS, Trait.DOLLAR_QUOTES);

  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
  private final WordMemory words = new WordMemory();

  private Lexis(Trait... traits) {
    this.traits.addAll(Set.of(traits));
  }

  static Lexis of(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> POSTGRESQL;
      case MYSQL -> MYSQL;
      case MARIADB -> MARIADB;
      case SQLITE -> SQLITE;
      case H2 -> H2;
      case ORACLE -> ORACLE;
      case SQLSERVER -> SQLSERVER;
      case GENERIC -> GENERIC;
    };
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** The words met in texts of this dialect. */
  WordMemory words() {
    return words;
  }

  /** One spelling rule. */
  enum Trait {
    /** A comment within a comment needs an end of its own. */
    NESTED_COMMENTS,
    /** A carriage return alone ends a line comment. */
    CARRIAGE_RETURN_ENDS_LINE,
    /** {@code # to the end of the line}. */
    HASH_COMMENTS,
    /** {@code // to the end of the line}. */
    SLASH_COMMENTS,
    /** {@code --} begins a comment only if a space or control character follows. */
    DASHES_NEED_SPACE,
    /** A backslash escapes in every string. */
    BACKSLASH_ESCAPES,
    /** A backslash escapes in {@code E'…'}. */
    ESCAPE_STRINGS,
    /** {@code $tag$…$tag$}. */
    DOLLAR_QUOTES,
    /** {@code `name`}. */
    BACKTICKS,
    /** {@code [name]}. */
    BRACKETS,
    /** {@code q'[…]'}. */
    ALTERNATIVE_QUOTES,
    /** {@code @name} is one word that is never a keyword. */
    AT_NAMES,
    /** {@code /*!50100 …}: SQL in a comment. */
    EXECUTABLE_COMMENTS,
    /** Of these, MariaDB runs {@code M!} and skips the versions that only MySQL has. */
    MARIADB_VERSIONS,
    /** A semicolon within parentheses does not end the statement ({@code CREATE RULE … DO (…; …)}). */
    PARENTHESES_HOLD_SEMICOLONS
  }
}
