package io.holdfast.jmx;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanOperationInfo;

/** What the annotations of an MXBean interface say, by feature. Immutable. */
final class Documentation {

  private final Class<?> type;
  // An interface of ours overloads nothing, so a name says which method.
  private final Map<String, Method> methods;

  Documentation(Class<?> type) {
    this.type = type;
    this.methods = Stream.of(type.getMethods())
        .collect(Collectors.toUnmodifiableMap(Method::getName, Function.identity()));
  }

  String ofBean() {
    Doc doc = type.getAnnotation(Doc.class);
    return doc == null ? type.getSimpleName() : doc.value();
  }

  String of(MBeanFeatureInfo feature) {
    Method method = methods.get(methodName(feature));
    Doc doc = method == null ? null : method.getAnnotation(Doc.class);
    return doc == null ? feature.getName() : doc.value();
  }

  String ofParameter(MBeanOperationInfo operation, int index, String otherwise) {
    return parameter(operation, index, Doc.class).map(Doc::value).findFirst().orElse(otherwise);
  }

  String nameOfParameter(MBeanOperationInfo operation, int index, String otherwise) {
    return parameter(operation, index, ParameterName.class)
        .map(ParameterName::value)
        .findFirst()
        .orElse(otherwise);
  }

  int impact(MBeanOperationInfo operation) {
    Method method = methods.get(operation.getName());
    return method != null && method.isAnnotationPresent(Reads.class)
        ? MBeanOperationInfo.INFO
        : MBeanOperationInfo.ACTION;
  }

  private <A extends Annotation> Stream<A> parameter(
      MBeanOperationInfo operation, int index, Class<A> annotation) {
    Method method = methods.get(operation.getName());
    return method == null
        ? Stream.empty()
        : Stream.of(method.getParameterAnnotations()[index])
            .filter(annotation::isInstance)
            .map(annotation::cast);
  }

  private static String methodName(MBeanFeatureInfo feature) {
    if (feature instanceof MBeanAttributeInfo attribute) {
      return (attribute.isIs() ? "is" : "get") + attribute.getName();
    }
    return feature.getName();
  }
}
