package io.holdfast.jmx;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ReflectionException;
import org.jspecify.annotations.Nullable;

/** What the annotations of an MXBean interface say, by feature, and which operations it offers. Immutable. */
final class Documentation {

  private final Class<?> type;
  // An interface of ours overloads nothing, so a name says which method.
  private final Map<String, Method> methods;

  private final Permissions permissions;

  Documentation(Class<?> type, Permissions permissions) {
    this.type = type;
    this.permissions = permissions;
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
    return effect(operation.getName()) == Effect.READS
        ? MBeanOperationInfo.INFO
        : MBeanOperationInfo.ACTION;
  }

  private @Nullable Effect effect(String operation) {
    Method method = methods.get(operation);
    Operation mark = method == null ? null : method.getAnnotation(Operation.class);
    return mark == null ? null : mark.value();
  }

  private boolean isOffered(String operation) {
    Effect effect = effect(operation);
    return effect != null && permissions.permits(effect);
  }

  /** The same without the operations that are not permitted. */
  MBeanInfo offered(MBeanInfo all) {
    return new MBeanInfo(
        all.getClassName(),
        all.getDescription(),
        all.getAttributes(),
        all.getConstructors(),
        Stream.of(all.getOperations())
            .filter(operation -> isOffered(operation.getName()))
            .toArray(MBeanOperationInfo[]::new),
        all.getNotifications(),
        all.getDescriptor());
  }

  /**
   * Refuses an operation that is not offered, as one that nobody has written.
   *
   * @throws ReflectionException if it is not
   */
  void requireOffered(String operation) throws ReflectionException {
    if (!isOffered(operation)) {
      throw new ReflectionException(
          new NoSuchMethodException(operation), "No such operation: " + operation);
    }
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
