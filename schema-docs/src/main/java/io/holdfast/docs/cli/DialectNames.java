package io.holdfast.docs.cli;

import io.holdfast.schema.Dialect;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The dialects as they are written on the command line: in lower case, read in any. */
final class DialectNames implements ITypeConverter<Dialect>, Iterable<String> {

  private static final List<String> NAMES =
      Arrays.stream(Dialect.values()).map(DialectNames::name).toList();

  private static String name(Dialect dialect) {
    return dialect.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Dialect convert(String value) {
    for (Dialect dialect : Dialect.values()) {
      if (dialect.name().equalsIgnoreCase(value)) {
        return dialect;
      }
    }
    throw new TypeConversionException("expected one of " + NAMES + " but was '" + value + "'");
  }

  @Override
  public Iterator<String> iterator() {
    return NAMES.iterator();
  }
}
