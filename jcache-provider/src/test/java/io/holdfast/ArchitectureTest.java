package io.holdfast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.holdfast.store.CacheFile;
import io.holdfast.store.Cell;
import io.holdfast.store.Coherence;
import io.holdfast.store.CorruptionPolicy;
import io.holdfast.store.Durability;
import io.holdfast.store.FileLimits;
import io.holdfast.store.RelaxedBounds;
import io.holdfast.store.SetAsides;
import io.holdfast.store.StoreException;
import io.holdfast.store.StoreSettings;
import io.holdfast.store.StoreStatistics;
import java.util.stream.Stream;

/** The arrows between the packages of this module point down only. */
@AnalyzeClasses(packages = "io.holdfast", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule the_store_knows_neither_JSR_107_nor_Ehcache_nor_anything_above = noClasses()
      .that()
      .resideInAPackage("io.holdfast.store..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "javax.cache..",
          "org.ehcache..",
          "io.holdfast.codec..",
          "io.holdfast.encryption..",
          "io.holdfast.tier..",
          "io.holdfast.jcache..");

  @ArchTest
  static final ArchRule the_encryption_knows_the_store_and_nothing_else_of_Holdfast = noClasses()
      .that()
      .resideInAPackage("io.holdfast.encryption..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "javax.cache..",
          "org.ehcache..",
          "org.sqlite..",
          "java.sql..",
          "io.holdfast.codec..",
          "io.holdfast.tier..",
          "io.holdfast.jcache..");

  @ArchTest
  static final ArchRule the_tier_knows_no_JSR_107 = noClasses()
      .that()
      .resideInAPackage("io.holdfast.tier..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("javax.cache..", "io.holdfast.jcache..");

  @ArchTest
  static final ArchRule the_tier_uses_no_internal_class_of_Ehcache_by_name = noClasses()
      .that()
      .resideInAPackage("io.holdfast.tier..")
      .should()
      .dependOnClassesThat(
          new DescribedPredicate<>("are internal to Ehcache, apart from inherited ones") {
            @Override
            public boolean test(JavaClass type) {
              return type.getPackageName().startsWith("org.ehcache")
                  && type.getPackageName().contains(".internal");
            }
          });

  @ArchTest
  static final ArchRule the_heap_tier_knows_the_tier_below_it_and_nothing_else_of_Holdfast =
      noClasses()
          .that()
          .resideInAPackage("io.holdfast.heap..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "javax.cache..",
              "io.holdfast.jcache..",
              "io.holdfast.store..",
              "io.holdfast.codec..",
              "io.holdfast.encryption..");

  @ArchTest
  static final ArchRule nobody_below_knows_the_heap_tier = noClasses()
      .that()
      .resideInAnyPackage("io.holdfast.store..", "io.holdfast.tier..", "io.holdfast.codec..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.holdfast.heap..");

  @ArchTest
  static final ArchRule nobody_below_knows_the_JSR_107_layer = noClasses()
      .that()
      .resideInAnyPackage("io.holdfast.store..", "io.holdfast.tier..", "io.holdfast.codec..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.holdfast.jcache..");

  /** Rows, locks and transactions are the tier's business. */
  @ArchTest
  static final ArchRule the_JSR_107_layer_takes_from_the_store_only_settings_figures_and_cells =
      noClasses()
          .that()
          .resideInAPackage("io.holdfast.jcache..")
          .should()
          .dependOnClassesThat(
              new DescribedPredicate<>(
                  "are of the store, other than settings, figures, cells and failures") {
                @Override
                public boolean test(JavaClass type) {
                  return type.getPackageName().startsWith("io.holdfast.store") && !isForAll(type);
                }

                private static boolean isForAll(JavaClass type) {
                  return Stream.of(
                          StoreSettings.class,
                          Durability.class,
                          RelaxedBounds.class,
                          Coherence.class,
                          CorruptionPolicy.class,
                          SetAsides.class,
                          FileLimits.class,
                          CacheFile.class,
                          StoreStatistics.class,
                          StoreException.class,
                          Cell.class)
                      .anyMatch(open -> type.getName().startsWith(open.getName()));
                }
              });

  /** Monitors see what they are told through the service interface, not the caches themselves. */
  @ArchTest
  static final ArchRule the_interface_for_monitors_knows_no_implementation = noClasses()
      .that()
      .resideInAPackage("io.holdfast.jcache.spi..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("io.holdfast.jcache", "io.holdfast.tier..", "org.ehcache..");

  @ArchTest
  static final ArchRule the_codecs_know_only_the_cell = classes()
      .that()
      .resideInAPackage("io.holdfast.codec..")
      .should()
      .onlyDependOnClassesThat(new DescribedPredicate<>("are the JDK's, codecs, or cells") {
        @Override
        public boolean test(JavaClass type) {
          return type.getPackageName().startsWith("java.")
              || type.getPackageName().startsWith("org.jspecify")
              || type.getPackageName().startsWith("io.holdfast.codec")
              || type.getName().startsWith(Cell.class.getName())
              || type.getBaseComponentType().isPrimitive()
              || type.getBaseComponentType().getPackageName().startsWith("java.");
        }
      });
}
