package io.holdfast.tck.spring;

import io.holdfast.tck.AnnotationsOutcome;

public class SpringOutcomeTest extends AnnotationsOutcome {
  public SpringOutcomeTest() {
    super(SpringBeanProvider.class);
  }
}
