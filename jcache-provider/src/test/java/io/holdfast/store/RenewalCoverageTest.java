package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is passed through to the file of the moment is passed through whole: a default method that is
 * forgotten compiles, and does nothing.
 */
final class RenewalCoverageTest {
  private static final Set<String> FIGURES_OF_NOW = Set.of(
      "fileBytes",
      "walBytes",
      "openReaders",
      "activeReaders",
      "bufferedWrites",
      "bufferedAccesses",
      "waitingWriters",
      "readLatency",
      "commitLatency");

  static Stream<Arguments> methodsToPassThrough() {
    return Stream.of(
            new Class<?>[] {EntryTable.class, RenewableTable.class},
            new Class<?>[] {EntryTable.class, RelaxedTable.class},
            new Class<?>[] {StateTable.class, RenewableState.class},
            new Class<?>[] {LeaseTable.class, RenewableLeases.class},
            new Class<?>[] {CacheFile.class, CacheFileHandle.class})
        .flatMap(pair -> Arrays.stream(pair[0].getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .map(method -> Arguments.of(pair[1], method)));
  }

  @ParameterizedTest
  @MethodSource("methodsToPassThrough")
  void everyMethod_isOverridden(Class<?> passingThrough, Method method) throws Exception {
    assertThat(passingThrough
            .getMethod(method.getName(), method.getParameterTypes())
            .getDeclaringClass())
        .isEqualTo(passingThrough);
  }

  static Stream<RecordComponent> figures() {
    return Arrays.stream(StoreStatistics.class.getRecordComponents());
  }

  @ParameterizedTest
  @MethodSource("figures")
  void everyCounter_goesOnInTheNextFile_andEverySizeIsThatOfNow(RecordComponent figure)
      throws Exception {
    StoreStatistics sum = filledWith(1).withCountersOf(filledWith(10));
    assertThat(figure.getAccessor().invoke(sum))
        .isEqualTo(valueOf(figure, FIGURES_OF_NOW.contains(figure.getName()) ? 1 : 11));
  }

  private static StoreStatistics filledWith(int value) throws ReflectiveOperationException {
    RecordComponent[] components = StoreStatistics.class.getRecordComponents();
    Object[] values =
        Arrays.stream(components).map(component -> valueOf(component, value)).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return StoreStatistics.class.getDeclaredConstructor(types).newInstance(values);
  }

  private static Object valueOf(RecordComponent component, int value) {
    if (component.getType() == LatencyFigures.class) {
      return new LatencyFigures(value, value, value);
    }
    return component.getType() == int.class ? (Object) value : (Object) (long) value;
  }
}
