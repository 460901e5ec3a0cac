package io.holdfast.schema.catalog;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Folds the few texts that PostgreSQL keeps apart although they mean the same. */
final class PostgresDefaults {

  private static final Pattern TEXT_LITERAL = Pattern.compile(
      "('(?:[^']|'')*')::(?:text|character varying|character|bpchar|name)(?:\\(\\d+\\))?");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");
  private static final Pattern QUOTED_NUMBER = Pattern.compile("'(-?\\d+(?:\\.\\d+)?)'::"
      + "(?:smallint|integer|bigint|numeric|real|double precision)(?:\\(\\d+(?:,\\d+)?\\))?");
  private static final Pattern STORAGE =
      Pattern.compile(" WITH \\(\\w+='?[\\w.]*'?(?:, \\w+='?[\\w.]*'?)*\\)");

  private PostgresDefaults() {}

  /**
   * A default without what only tells how it was written: {@code 'x'::text} on a varchar column, {@code
   * 1.0} on a float column.
   *
   * @param category {@code pg_type.typcategory} of the column's type
   */
  static String canonical(String expression, String type, String category) {
    if (category.equals("S")) {
      Matcher literal = TEXT_LITERAL.matcher(expression);
      return literal.matches() ? literal.group(1) : expression;
    }
    if (category.equals("N")) {
      Matcher quoted = QUOTED_NUMBER.matcher(expression);
      String number = quoted.matches() ? quoted.group(1) : expression;
      if (NUMBER.matcher(number).matches()) {
        // numeric without a scale keeps the digits as written: 1.0 and 1 print differently there.
        return type.equals("numeric")
            ? number
            : new BigDecimal(number).stripTrailingZeros().toPlainString();
      }
    }
    return expression;
  }

  /** An index definition without its storage parameters. */
  static String withoutStorage(String definition) {
    return STORAGE.matcher(definition).replaceFirst("");
  }
}
