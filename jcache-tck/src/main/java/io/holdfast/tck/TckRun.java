package io.holdfast.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One run of the suite as its reports tell it.
 *
 * @param tests how many tests ran, by class
 * @param exclusions how many of them were empty because the suite left them out, by class; no class
 *     with none
 */
public record TckRun(SortedMap<String, Integer> tests, SortedMap<String, Integer> exclusions) {
  private static final Pattern COUNT = Pattern.compile("<testsuite [^>]*\\btests=\"(\\d+)\"");
  private static final Pattern EXCLUDED = Pattern.compile("===== EXCLUDING TEST");
  private static final String REPORT = "TEST-";
  private static final String OUTPUT = "-output.txt";

  /**
   * Reads the reports of Surefire and the output that it redirected to files.
   *
   * @param reports the directory that one execution of Surefire wrote
   * @throws IOException if a report cannot be read
   */
  public static TckRun readFrom(Path reports) throws IOException {
    var tests = new TreeMap<String, Integer>();
    var exclusions = new TreeMap<String, Integer>();
    for (Path file : filesOf(reports)) {
      String name = file.getFileName().toString();
      if (name.contains("io.holdfast")) {
        continue; // a test of ours, when run by name
      }
      if (name.startsWith(REPORT)) {
        Matcher count = COUNT.matcher(Files.readString(file));
        if (!count.find()) {
          throw new IOException("No count of tests in the report " + file);
        }
        tests.put(
            name.substring(REPORT.length(), name.lastIndexOf('.')),
            Integer.parseInt(count.group(1)));
      } else if (name.endsWith(OUTPUT)) {
        int found = (int) EXCLUDED.matcher(Files.readString(file)).results().count();
        if (found > 0) {
          exclusions.put(name.substring(0, name.length() - OUTPUT.length()), found);
        }
      }
    }
    return new TckRun(tests, exclusions);
  }

  /** The number of tests over all classes, empty ones included. */
  public int testCount() {
    return tests.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static List<Path> filesOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
