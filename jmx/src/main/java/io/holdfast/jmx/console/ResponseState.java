package io.holdfast.jmx.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/**
 * What the bean of a response cache says at one moment.
 *
 * @param numbers its counters
 * @param saved cost that calls did not cause, by currency or unit
 * @param bypassed whether it leaves the cache underneath alone now
 */
record ResponseState(Numbers numbers, SortedMap<String, BigDecimal> saved, boolean bypassed) {

  static ResponseState of(AttributeList attributes) {
    var saved = new TreeMap<String, BigDecimal>();
    boolean bypassed = false;
    for (Attribute attribute : attributes.asList()) {
      if (attribute.getValue() instanceof TabularData table) {
        for (Object row : table.values()) {
          if (row instanceof CompositeData entry
              && entry.get("value") instanceof BigDecimal amount) {
            saved.put(String.valueOf(entry.get("key")), amount);
          }
        }
      } else if (attribute.getValue() instanceof Boolean open) {
        bypassed = open;
      }
    }
    return new ResponseState(Numbers.of(attributes), saved, bypassed);
  }

  /** The time that several did not spend computing. */
  static String savedTime(Collection<ResponseState> states) {
    double millis = 0;
    for (ResponseState state : states) {
      double one = state.numbers().get("SavedMillis");
      millis += Double.isNaN(one) ? 0 : one;
    }
    double minutes = millis / 60_000;
    if (minutes < 2) {
      return Unit.MICROS.format(millis * 1000);
    }
    return minutes < 120
        ? String.format(Locale.ROOT, "%.1f min", minutes)
        : String.format(Locale.ROOT, "%.1f h", minutes / 60);
  }

  /** What several did not cost, each currency for itself; a dash for nothing. */
  static String savedMoney(Collection<ResponseState> states) {
    var total = new TreeMap<String, BigDecimal>();
    states.forEach(state ->
        state.saved().forEach((unit, amount) -> total.merge(unit, amount, BigDecimal::add)));
    var text = new StringBuilder();
    total.forEach((unit, amount) -> text.append(text.isEmpty() ? "" : ", ")
        .append(amount.setScale(2, RoundingMode.DOWN).toPlainString())
        .append(' ')
        .append(unit));
    return text.isEmpty() ? "–" : text.toString();
  }
}
