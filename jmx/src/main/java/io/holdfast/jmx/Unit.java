package io.holdfast.jmx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.management.DescriptorKey;

/** The unit of a number, as field {@code units} of the attribute's descriptor: UCUM, {@code {hit}} style for things. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Unit {
  /** Such as {@code ms}, {@code By}, {@code %}, {@code {entry}}. */
  @DescriptorKey("units")
  String value();
}
