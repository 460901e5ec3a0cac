package io.holdfast.docs.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.docs.inspect.EntryLines.BrokenLineException;
import io.holdfast.store.CacheFile.IfPresent;
import io.holdfast.store.CarriedRow;
import io.holdfast.store.FileExport;
import io.holdfast.store.FileImport;
import io.holdfast.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Makes a cache file of exported lines, in memory for one batch of them. All of it or nothing. */
public final class EntryImport {
  private static final int BATCH_ROWS = 500;
  private static final int PROGRESS_ENTRIES = 100_000;

  private final BufferedReader lines;
  private final LongConsumer progress;
  private final List<CarriedRow> batch = new ArrayList<>();
  private @Nullable String batchOf;
  private long lineNumber;
  private long entries;
  private long toldAt;

  private EntryImport(BufferedReader lines, LongConsumer progress) {
    this.lines = lines;
    this.progress = progress;
  }

  /** A line cannot be imported. The message says which and why, without its content. */
  public static final class BrokenExportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenExportException(long lineNumber, @Nullable String reason) {
      super("Line " + lineNumber + " cannot be imported: " + reason);
    }
  }

  /**
   * Reads the lines to their end and puts the file in its place.
   *
   * @param replace whether a file that is there, and not in use, is replaced
   * @param progress hears now and then how many entries were read
   * @return how many entries the file has
   * @throws BrokenExportException at the first line that is broken or missing; the target is as it was
   * @throws StoreException if the target cannot be made; it is as it was
   */
  public static long run(BufferedReader lines, Path target, boolean replace, LongConsumer progress)
      throws IOException {
    return new EntryImport(lines, progress)
        .run(target, replace ? IfPresent.REPLACE : IfPresent.REFUSE);
  }

  private long run(Path target, IfPresent ifPresent) throws IOException {
    try {
      JsonNode header = EntryLines.parse(next());
      try (FileImport file = FileImport.into(target, ifPresent, EntryLines.seed(header))) {
        for (JsonNode cache : header.path("caches")) {
          FileExport.Source source = EntryLines.cache(cache);
          file.addCache(source.definition(), source.createdAtMillis());
        }
        for (JsonNode state : header.path("state")) {
          file.addState(EntryLines.state(state));
        }
        readEntries(file);
        file.complete();
      }
      return entries;
    } catch (BrokenLineException | IllegalArgumentException e) {
      throw new BrokenExportException(lineNumber, e.getMessage());
    }
  }

  private void readEntries(FileImport file) throws IOException, BrokenLineException {
    while (true) {
      JsonNode line = EntryLines.parse(next());
      if (!line.has("cache")) {
        add(file);
        long expected = EntryLines.number(line.path("entries"), "entries");
        if (expected != entries) {
          throw new BrokenLineException(
              "it says " + expected + " entries, and before it are " + entries);
        }
        return;
      }
      String cache = EntryLines.text(line, "cache");
      if (!cache.equals(batchOf) || batch.size() >= BATCH_ROWS) {
        add(file);
        batchOf = cache;
      }
      batch.add(EntryLines.entry(line));
      entries++;
    }
  }

  private void add(FileImport file) throws BrokenLineException {
    String cache = batchOf;
    if (cache == null || batch.isEmpty()) {
      return;
    }
    try {
      file.add(cache, batch);
    } catch (StoreException e) {
      throw new BrokenLineException(
          "of the " + batch.size() + " lines before it, one does not fit: " + e.getMessage());
    }
    batch.clear();
    if (entries - toldAt >= PROGRESS_ENTRIES) {
      toldAt = entries;
      progress.accept(entries);
    }
  }

  private String next() throws IOException, BrokenLineException {
    lineNumber++;
    String line = lines.readLine();
    if (line == null) {
      throw new BrokenLineException("the export ends before its last line");
    }
    return line;
  }
}
