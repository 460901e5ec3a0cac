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
              .or(simpleName("LatencyFigures"))
              .or(simpleName("ResponseStatistics"))
              .or(simpleName("SemanticStatistics"))
              .or(simpleName("NotStoredReason"))
              .negate())
          .as("classes of Holdfast that monitors are not given"));

  /** It runs in JConsole's process, where there is this jar and nothing else of Holdfast. */
  @ArchTest
  static final ArchRule the_console_knows_the_beans_by_name_only = noClasses()
      .that()
      .resideInAPackage("..console..")
      .should()
      .dependOnClassesThat(resideInAPackage("io.holdfast..")
          .and(resideInAPackage("io.holdfast.jmx.console").negate()));

  @ArchTest
  static final ArchRule nobody_but_the_console_draws = noClasses()
      .that()
      .resideOutsideOfPackage("..console..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("java.awt..", "javax.swing..", "com.sun.tools.jconsole..", "..console..");

  @ArchTest
  static final ArchRule the_beans_read_no_database_and_no_cache = noClasses()
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("java.sql..", "javax.cache..", "org.ehcache..", "com.zaxxer..");
}
