package io.holdfast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which way the arrows of this module point. */
@AnalyzeClasses(packages = "io.holdfast", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule the_schema_does_not_know_the_driver = noClasses()
      .that()
      .resideInAPackage("io.holdfast.schema..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.holdfast.jdbc..");

  @ArchTest
  static final ArchRule the_recogniser_does_not_know_the_driver = noClasses()
      .that()
      .resideInAPackage("io.holdfast.jdbc.ddl..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.holdfast.jdbc");

  @ArchTest
  static final ArchRule nobody_here_knows_caches = noClasses()
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "javax.cache..",
          "org.ehcache..",
          "io.holdfast.store..",
          "io.holdfast.tier..",
          "io.holdfast.jcache..",
          "io.holdfast.response..");

  @ArchTest
  static final ArchRule nobody_here_touches_JMX = noClasses()
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("javax.management..", "java.lang.management..", "io.holdfast.jmx..");

  @ArchTest
  static final ArchRule the_driver_needs_no_reflective_proxies = noClasses()
      .that()
      .resideInAPackage("io.holdfast.jdbc..")
      .should()
      .dependOnClassesThat()
      .haveFullyQualifiedName("java.lang.reflect.Proxy");
}
