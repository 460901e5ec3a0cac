package io.holdfast.tck.guice;

import io.holdfast.tck.AnnotationsOutcome;

public class GuiceOutcomeTest extends AnnotationsOutcome {
  public GuiceOutcomeTest() {
    super(GuiceBeanProvider.class);
  }
}
