package io.holdfast.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A change as names and texts, in the order given. */
final class Facts {

  private Facts() {}

  static Map<String, String> of(String change, String... namesAndTexts) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("change", change);
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      facts.put(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return Collections.unmodifiableMap(facts);
  }
}
