package io.holdfast.tck.cdi;

import io.holdfast.tck.AnnotationsOutcome;

public class CdiOutcomeTest extends AnnotationsOutcome {
  public CdiOutcomeTest() {
    super(CdiBeanProvider.class);
  }
}
