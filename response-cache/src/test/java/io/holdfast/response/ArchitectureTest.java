package io.holdfast.response;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.holdfast.store.Cell;

@AnalyzeClasses(packages = "io.holdfast.response", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule the_response_cache_knows_no_provider_and_no_beans = noClasses()
      .that()
      .resideOutsideOfPackage("io.holdfast.response.provider")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "org.ehcache..",
          "org.sqlite..",
          "io.holdfast.jcache..",
          "io.holdfast.tier..",
          "io.holdfast.store..",
          "io.holdfast.codec..",
          "io.holdfast.jmx..",
          "javax.management..");

  @ArchTest
  static final ArchRule the_adapter_knows_the_provider_by_its_interface_only = noClasses()
      .that()
      .resideInAPackage("io.holdfast.response.provider")
      .should()
      .dependOnClassesThat(resideInAnyPackage(
              "org.ehcache..",
              "org.sqlite..",
              "io.holdfast.tier..",
              "io.holdfast.store..",
              "io.holdfast.jmx..",
              "javax.management..")
          .and(not(belongToAnyOf(Cell.class)))); // which is part of a codec's interface

  @ArchTest
  static final ArchRule nobody_needs_the_adapter = noClasses()
      .that()
      .resideOutsideOfPackage("io.holdfast.response.provider")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.holdfast.response.provider");

  @ArchTest
  static final ArchRule the_response_cache_knows_schemas_but_not_the_wrapper_driver =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.holdfast.jdbc..");
}
