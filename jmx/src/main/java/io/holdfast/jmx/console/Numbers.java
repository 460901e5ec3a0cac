package io.holdfast.jmx.console;

import java.util.HashMap;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;

/** The numeric attributes of one bean at one moment. An attribute that the bean lacks is NaN. */
record Numbers(Map<String, Double> byAttribute) {

  Numbers {
    byAttribute = Map.copyOf(byAttribute);
  }

  static Numbers of(AttributeList attributes) {
    var numbers = new HashMap<String, Double>();
    for (Attribute attribute : attributes.asList()) {
      if (attribute.getValue() instanceof Number number) {
        numbers.put(attribute.getName(), number.doubleValue());
      }
    }
    return new Numbers(numbers);
  }

  double get(String attribute) {
    return byAttribute.getOrDefault(attribute, Double.NaN);
  }
}
