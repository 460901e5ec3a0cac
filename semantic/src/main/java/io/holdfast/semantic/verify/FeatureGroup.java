package io.holdfast.semantic.verify;

import java.util.List;
import java.util.function.DoubleConsumer;

/** Numbers about a pair of questions. The order of the two must not matter. */
interface FeatureGroup {

  /** Their names, in the order in which {@link #fill} gives the values. */
  List<String> names();

  void fill(Pair pair, DoubleConsumer values);
}
