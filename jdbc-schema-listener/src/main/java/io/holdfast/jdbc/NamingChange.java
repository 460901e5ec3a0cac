package io.holdfast.jdbc;

import io.holdfast.jdbc.ddl.DdlVerdict;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.SqlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a text does to how names without a schema resolve from then on.
 *
 * @param changesPath whether the schemas that are searched change
 * @param schemas which they are afterwards, in order; null if the text does not say
 * @param local whether the change ends with the transaction
 * @param shadowed temporary objects, in lower case, that from now on hide permanent ones of that name
 */
record NamingChange(
    boolean changesPath, @Nullable List<String> schemas, boolean local, Set<String> shadowed) {

  static final NamingChange NONE = new NamingChange(false, null, false, Set.of());

  /** The path changes to something that we do not know. */
  static final NamingChange UNKNOWN_PATH = new NamingChange(true, null, false, Set.of());

  private static final String NAME = "(?:\"[^\"]+\"|'[^']+'|`[^`]+`|[\\p{L}_][\\p{L}\\p{N}_$]*)";

  private static final Pattern POSTGRES = Pattern.compile(
      "\\s*SET\\s+(?:(SESSION|LOCAL)\\s+)?(?:SEARCH_PATH\\s*(?:=|TO\\b)|SCHEMA\\b)\\s*(" + NAME
          + "(?:\\s*,\\s*" + NAME + ")*)\\s*;?\\s*",
      Pattern.CASE_INSENSITIVE);

  private static final Pattern H2 = Pattern.compile(
      "\\s*(?:()SET\\s+SCHEMA|()USE)\\b\\s*(" + NAME + ")\\s*;?\\s*", Pattern.CASE_INSENSITIVE);

  private static final Pattern MYSQL =
      Pattern.compile("\\s*()USE\\b\\s*(" + NAME + ")\\s*;?\\s*", Pattern.CASE_INSENSITIVE);

  /** Everything that the recognisers take for a change of context, but temporary objects. */
  private static final Pattern PATH_WORDS = Pattern.compile(
      "\\b(?:SEARCH_PATH|SCHEMA|SCHEMA_SEARCH_PATH|CATALOG|CURRENT_SCHEMA|ROLE|AUTHORIZATION|"
          + "DISCARD|RESET|SET_CONFIG|USE|REVERT|EXECUTE|SETUSER|ATTACH|DETACH|CURRENT)\\b",
      Pattern.CASE_INSENSITIVE);

  NamingChange {
    schemas = schemas == null ? null : List.copyOf(schemas);
    shadowed = Set.copyOf(shadowed);
  }

  /** These schemas, in this order. */
  static NamingChange to(List<String> schemas, boolean local) {
    return new NamingChange(true, schemas, local, Set.of());
  }

  /** Reads a text that is known to change the context. */
  static NamingChange of(DdlVerdict verdict, String sql, Dialect dialect) {
    Matcher setting = pattern(dialect).matcher(sql);
    if (setting.matches()) {
      return setting(setting);
    }
    Set<String> shadowed = verdict.objects().stream()
        .map(SqlName::name)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
    boolean changesPath = shadowed.isEmpty() || PATH_WORDS.matcher(sql).find();
    return new NamingChange(changesPath, null, false, shadowed);
  }

  private static NamingChange setting(Matcher setting) {
    var schemas = new ArrayList<String>();
    Matcher name = Pattern.compile(NAME).matcher(setting.group(setting.groupCount()));
    while (name.find()) {
      String text = name.group();
      boolean quoted = "\"'`".indexOf(text.charAt(0)) >= 0;
      schemas.add(quoted ? text.substring(1, text.length() - 1) : text);
    }
    // "$user", DEFAULT and the temporary schema stand for something else than their own name.
    boolean plain = schemas.stream()
        .noneMatch(schema -> schema.startsWith("$")
            || schema.isBlank()
            || schema.equalsIgnoreCase("default")
            || schema.toLowerCase(Locale.ROOT).startsWith("pg_temp"));
    return plain ? to(schemas, "LOCAL".equalsIgnoreCase(setting.group(1))) : UNKNOWN_PATH;
  }

  private static Pattern pattern(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> POSTGRES;
      case H2 -> H2;
      case MYSQL, MARIADB -> MYSQL;
      default -> NO_TEXT;
    };
  }

  private static final Pattern NO_TEXT = Pattern.compile("(?!)");

  boolean isNone() {
    return !changesPath && shadowed.isEmpty();
  }
}
