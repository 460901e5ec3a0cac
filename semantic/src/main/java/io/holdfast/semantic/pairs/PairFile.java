package io.holdfast.semantic.pairs;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads labelled pairs from a file: UTF-8, a header line, fields parted by tabs, no quoting and no escapes.
 *
 * <p>The columns {@code question1}, {@code question2} and {@code should_match} (1 or 0, true or false) are found by name, and
 * {@code group} and {@code source} if they are there; all others are ignored.
 */
public final class PairFile {
  private static final String SHOULD_MATCH = "should_match";

  private final Path file;
  private final List<String> header;

  private PairFile(Path file, String header) {
    this.file = file;
    this.header = List.of(
        header.replace("\ufeff", "").strip().toLowerCase(Locale.ROOT).split("\\s*\t\\s*", -1));
  }

  /**
   * Reads them all.
   *
   * @throws IOException if the file cannot be read, lacks a column, or has a line with too few fields or another label; the
   *     message names the file and the line, never the questions
   */
  public static List<LabelledPair> read(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String header = reader.readLine();
      if (header == null) {
        throw new IOException(
            file + " is empty; it needs a header line with question1, question2 and should_match");
      }
      return new PairFile(file, header).rows(reader);
    }
  }

  private List<LabelledPair> rows(BufferedReader reader) throws IOException {
    int question1 = required("question1");
    int question2 = required("question2");
    int label = required(SHOULD_MATCH);
    int group = header.indexOf("group");
    int source = header.indexOf("source");
    List<LabelledPair> pairs = new ArrayList<>();
    int line = 1;
    for (String row = reader.readLine(); row != null; row = reader.readLine()) {
      line++;
      if (row.isBlank()) {
        continue;
      }
      String[] fields = row.split("\t", -1);
      if (fields.length <= Math.max(label, Math.max(question1, question2))) {
        throw new IOException(file + ", line " + line + ": only " + fields.length + " fields");
      }
      pairs.add(new LabelledPair(
          fields[question1],
          fields[question2],
          label(fields[label], line),
          field(fields, group),
          field(fields, source)));
    }
    return pairs;
  }

  private int required(String column) throws IOException {
    int index = header.indexOf(column);
    if (index < 0) {
      throw new IOException(file + " has no column " + column + " in its first line");
    }
    return index;
  }

  private boolean label(String text, int line) throws IOException {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default ->
        throw new IOException(file + ", line " + line + ": " + SHOULD_MATCH + " must be 1 or 0");
    };
  }

  private static String field(String[] fields, int index) {
    return index < 0 || index >= fields.length ? "" : fields[index];
  }
}
