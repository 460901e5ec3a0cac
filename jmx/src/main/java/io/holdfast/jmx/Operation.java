package io.holdfast.jmx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an operation of a bean. It is there only where its effect is permitted; one without this mark
 * never is.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Operation {
  /** What it does; clients see INFO for {@link Effect#READS}, else ACTION. */
  Effect value();
}
