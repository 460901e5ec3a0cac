package io.holdfast.semantic;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.holdfast.semantic", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule meaning_knows_no_cache_and_no_database = noClasses()
      .that()
      .resideOutsideOfPackage("io.holdfast.semantic.stage")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "javax.cache..",
          "io.holdfast.response..",
          "io.holdfast.semantic.stage..",
          "java.sql..",
          "javax.management..",
          "org.ehcache..",
          "org.sqlite..",
          "io.holdfast.jcache..",
          "io.holdfast.tier..",
          "io.holdfast.store..",
          "io.holdfast.schema..",
          "io.holdfast.jmx..");

  @ArchTest
  static final ArchRule the_stage_knows_the_response_cache_by_its_interface_only = noClasses()
      .that()
      .resideInAPackage("io.holdfast.semantic.stage")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "io.holdfast.response",
          "java.sql..",
          "javax.management..",
          "org.ehcache..",
          "org.sqlite..",
          "io.holdfast.jcache..",
          "io.holdfast.tier..",
          "io.holdfast.store..",
          "io.holdfast.schema..",
          "io.holdfast.jmx..");

  @ArchTest
  static final ArchRule the_runtime_of_the_model_is_known_in_one_package = noClasses()
      .that()
      .resideOutsideOfPackage("io.holdfast.semantic.minilm")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("io.holdfast.semantic.(*)..").should().beFreeOfCycles();
}
