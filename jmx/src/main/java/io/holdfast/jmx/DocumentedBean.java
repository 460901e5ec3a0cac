package io.holdfast.jmx;

import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotificationEmitter;
import javax.management.ReflectionException;
import javax.management.StandardEmitterMBean;
import org.jspecify.annotations.Nullable;

/** An MXBean that explains itself, offers what is permitted, and sends notifications. */
final class DocumentedBean extends StandardEmitterMBean {

  private final Documentation documentation;

  <T> DocumentedBean(T bean, Class<T> type, Permissions permissions, NotificationEmitter emitter) {
    super(bean, type, /* isMXBean= */ true, emitter);
    this.documentation = new Documentation(type, permissions);
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return documentation.offered(super.getMBeanInfo());
  }

  @Override
  public @Nullable Object invoke(String operation, Object[] arguments, String[] signature)
      throws MBeanException, ReflectionException {
    documentation.requireOffered(operation);
    return super.invoke(operation, arguments, signature);
  }

  @Override
  protected String getDescription(MBeanInfo info) {
    return documentation.ofBean();
  }

  @Override
  protected String getDescription(MBeanFeatureInfo info) {
    return documentation.of(info);
  }

  // Not only the general form above: the JDK calls the one for the kind of feature.
  @Override
  protected String getDescription(MBeanAttributeInfo info) {
    return documentation.of(info);
  }

  @Override
  protected String getDescription(MBeanOperationInfo info) {
    return documentation.of(info);
  }

  @Override
  protected String getDescription(
      MBeanOperationInfo operation, MBeanParameterInfo info, int index) {
    return documentation.ofParameter(operation, index, info.getDescription());
  }

  @Override
  protected String getParameterName(
      MBeanOperationInfo operation, MBeanParameterInfo info, int index) {
    return documentation.nameOfParameter(operation, index, info.getName());
  }

  @Override
  protected int getImpact(MBeanOperationInfo info) {
    return documentation.impact(info);
  }
}
