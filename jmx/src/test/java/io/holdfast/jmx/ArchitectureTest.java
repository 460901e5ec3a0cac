package io.holdfast.jmx;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.holdfast.jmx", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule the_beans_read_what_monitors_may_see_and_nothing_else = noClasses()
      .should()
      .dependOnClassesThat(resideInAPackage("io.holdfast..")
          .and(resideInAnyPackage(
                  "io.holdfast.jmx..",
                  "io.holdfast.jcache.spi..",
                  "io.holdfast.schema..",
                  "io.holdfast.response.spi..")
              .or(simpleName("StoreStatistics"))
              .or(simpleName("SetAsides"))
              .or(simpleName("ResponseStatistics"))
              .or(simpleName("NotStoredReason"))
              .negate())
          .as("classes of Holdfast that monitors are not given"));

  @ArchTest
  static final ArchRule the_beans_read_no_database_and_no_cache = noClasses()
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("java.sql..", "javax.cache..", "org.ehcache..", "com.zaxxer..");
}
