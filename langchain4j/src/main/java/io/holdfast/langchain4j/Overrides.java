package io.holdfast.langchain4j;

/** Tells which of two ways into a model its author chose. */
final class Overrides {

  private Overrides() {}

  /** Whether this model has such a method of its own, and not the interface's. */
  static boolean any(Object model, Class<?> type, String method, Class<?>... parameters) {
    try {
      return model.getClass().getMethod(method, parameters).getDeclaringClass() != type;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a public method of the interface " + type.getName(), e);
    }
  }
}
