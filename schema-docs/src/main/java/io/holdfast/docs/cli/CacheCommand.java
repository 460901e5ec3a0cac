package io.holdfast.docs.cli;

import io.holdfast.docs.inspect.CacheInspection;
import io.holdfast.docs.inspect.CacheInspection.Entry;
import io.holdfast.docs.inspect.EntryImport;
import io.holdfast.encryption.EncryptionException;
import io.holdfast.encryption.KeyFile;
import io.holdfast.encryption.Rotation;
import io.holdfast.store.CacheFile;
import io.holdfast.store.CacheFile.CacheSummary;
import io.holdfast.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast cache FILE …}: looks into a cache file, whoever else is using it. */
@Command(
    name = "cache",
    description = "Looks into a cache file; other processes may be using it meanwhile.",
    synopsisSubcommandLabel = "COMMAND")
final class CacheCommand implements Runnable {
  private static final int MAX_KEY_CHARS = 100;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FILE", description = "The cache file.")
  private Path file = Path.of("");

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do with the file: stats, list, get, clear, check, backup, export, import, compact, migrate, keys or rekey.");
  }

  @Command(name = "stats", description = "Tells how large the file is and what caches it holds.")
  int stats() {
    return withFile(inspection -> {
      String log =
          inspection.walBytes() == 0 ? "" : " and " + bytes(inspection.walBytes()) + " of log";
      print().printf("%s: %s%s%n%n", file, bytes(inspection.fileBytes()), log);
      var table = new TextTable("cache", ">entries", ">bytes", "created", "last write");
      for (CacheSummary cache : inspection.caches()) {
        table.row(
            printable(cache.name()),
            Long.toString(cache.entries()),
            bytes(cache.payloadBytes()),
            Ages.ago(cache.createdAtMillis()),
            cache.lastWriteAtMillis() == 0 ? "never" : Ages.ago(cache.lastWriteAtMillis()));
      }
      print().print(table.render());
      return 0;
    });
  }

  @Command(name = "list", description = "Lists the entries: cache, key, age, expiry, bytes.")
  int list(
      @Option(names = "--cache", paramLabel = "NAME", description = "Of this cache only.") @Nullable
          String cache,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "1000",
              description = "At most so many. Default: ${DEFAULT-VALUE}.")
          int limit,
      @Option(names = "--full", description = "Whole keys, however long they are.") boolean full) {
    return withFile(inspection -> {
      var table = new TextTable("cache", "key", ">age", "expires", ">bytes");
      List<Entry> entries = inspection.entries(cache, entry -> true, limit + 1);
      for (Entry entry : entries.subList(0, Math.min(limit, entries.size()))) {
        String key = printable(entry.key());
        table.row(
            printable(entry.cache()),
            full || key.length() <= MAX_KEY_CHARS ? key : key.substring(0, MAX_KEY_CHARS - 1) + "…",
            Ages.since(entry.createdAtMillis()),
            Ages.until(entry.expiresAtMillis()),
            Long.toString(entry.bytes()));
      }
      print().print(table.render());
      if (entries.size() > limit) {
        print().printf("There are more; --limit shows them.%n");
      }
      tellOfSetAside();
      return 0;
    });
  }

  @Command(
      name = "get",
      description =
          "Prints the value of one entry. A part of the key will do if it is in no other.")
  int get(
      @Parameters(paramLabel = "KEY", description = "The key, or a part of it.") String key,
      @Option(names = "--cache", paramLabel = "NAME", description = "In this cache only.") @Nullable
          String cache,
      @Option(
              names = "--key-file",
              paramLabel = "FILE",
              description = "The keys of encrypted values.")
          @Nullable
          Path keyFile) {
    return withFile(opened -> {
      CacheInspection inspection = keyFile == null ? opened : opened.with(KeyFile.open(keyFile));
      List<Entry> found = inspection.entries(cache, entry -> entry.equals(key), 2);
      if (found.isEmpty()) {
        found = inspection.entries(cache, entry -> entry.contains(key), 2);
      }
      if (found.isEmpty()) {
        throw new UserError("No entry has " + printable(key) + " in its key.");
      }
      if (found.size() > 1) {
        throw new UserError("Several entries have " + printable(key)
            + " in their keys; list shows them, and --cache chooses a cache.");
      }
      print().println(found.get(0).readableValue());
      return 0;
    });
  }

  @Command(name = "clear", description = "Removes all entries; asks before.")
  int clear(
      @Option(names = "--cache", paramLabel = "NAME", description = "Of this cache only.") @Nullable
          String cache,
      @Option(
              names = {"-y", "--yes"},
              description = "Do not ask.")
          boolean yes) {
    return withFile(inspection -> {
      long entries = inspection.count(cache);
      if (!yes && !Confirmation.ask("Remove " + entries + " entries from " + file + "?")) {
        print().println("Nothing was removed.");
        return 0;
      }
      inspection.clear(cache);
      print().printf("Removed %d entries.%n", entries);
      return 0;
    });
  }

  @Command(name = "check", description = "Looks for damage; reads the whole file.")
  int check() {
    return withFile(inspection -> {
      List<String> findings = inspection.check();
      tellOfSetAside();
      if (findings.isEmpty()) {
        print().printf("%s is sound.%n", file);
        return 0;
      }
      findings.forEach(finding -> print().println(printable(finding)));
      return HoldfastCommand.INCOMPLETE;
    });
  }

  @Command(
      name = "backup",
      description =
          "Copies the file as it is at one moment, while others use it. The copy is a cache file too.")
  int backup(
      @Parameters(paramLabel = "TARGET", description = "Where the copy is to be.") Path target,
      @Option(names = "--force", description = "Replace what is there, once the copy is whole.")
          boolean force) {
    return withFile(inspection -> {
      inspection.backup(target, force);
      print().printf("%s is in %s.%n", file, target);
      return 0;
    });
  }

  @Command(
      name = "compact",
      description = "Gives free space back to the file system, in steps; others may be writing.")
  int compact() {
    return withFile(inspection -> {
      long before = inspection.fileBytes() + inspection.walBytes();
      inspection.compact();
      long after = inspection.fileBytes() + inspection.walBytes();
      print().printf("%s had %s and has %s.%n", file, bytes(before), bytes(after));
      return 0;
    });
  }

  @Command(
      name = "export",
      description =
          "Writes all entries as lines of JSON, as they are at one moment, while others use the file.")
  int export(
      @Option(names = "--cache", paramLabel = "NAME", description = "Of this cache only.") @Nullable
          String cache,
      @Parameters(
              paramLabel = "OUT",
              arity = "0..1",
              description = "A new file. Default: standard output.")
          @Nullable
          Path out) {
    return withFile(inspection -> {
      if (out == null) {
        export(inspection, cache, print());
        return 0;
      }
      try (PrintWriter lines = ExportStreams.create(out)) {
        export(inspection, cache, lines);
        return 0;
      } catch (IOException e) {
        throw new UserError("Could not write " + out + ": " + e.getMessage(), e);
      }
    });
  }

  private void export(CacheInspection inspection, @Nullable String cache, PrintWriter lines) {
    long entries = inspection.export(cache, lines, so -> tell(so + " entries are exported …"));
    if (lines.checkError()) {
      throw new UserError("Not all of the export could be written; import will refuse it.");
    }
    tell(entries + " entries are exported.");
  }

  @Command(
      name = "import",
      description = {
        "Makes FILE of an export: with all entries, times and versions, or not at all.",
        "An application whose key and value types have other formats starts with that cache empty."
      })
  int importEntries(
      @Option(
              names = "--replace",
              description = "Replace FILE if it is there; no process may be using it.")
          boolean replace,
      @Parameters(
              paramLabel = "IN",
              arity = "0..1",
              description = "The export. Default: standard input.")
          @Nullable
          Path in) {
    try (BufferedReader lines = ExportStreams.open(in)) {
      long entries = EntryImport.run(lines, file, replace, so -> tell(so + " entries are read …"));
      print().printf("%s has %d entries.%n", file, entries);
      return 0;
    } catch (IOException e) {
      throw new UserError("Could not read the export: " + e.getMessage(), e);
    } catch (StoreException | EntryImport.BrokenExportException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    } finally {
      print().flush();
    }
  }

  @Command(
      name = "keys",
      description = "Tells how many values are encrypted under which key, by the ids of the keys.")
  int keys() {
    return withFile(inspection -> {
      var table = new TextTable("cache", "key", ">entries");
      for (CacheSummary cache : inspection.caches()) {
        if (CacheInspection.isEncrypted(cache)) {
          inspection
              .rowsByKeyId(cache.name())
              .forEach((id, rows) -> table.row(
                  printable(cache.name()), id.isEmpty() ? "(damaged)" : printable(id), rows + ""));
        }
      }
      print().print(table.render());
      return 0;
    });
  }

  @Command(
      name = "rekey",
      description = {
        "Encrypts values anew under the last key of the key file; others may be reading and writing.",
        "Afterwards the keys above it are no longer needed, unless it says so."
      })
  int rekey(
      @Option(
              names = "--key-file",
              paramLabel = "FILE",
              required = true,
              description = "The keys, those before the current one included.")
          Path keyFile,
      @Option(names = "--cache", paramLabel = "NAME", description = "Of this cache only.") @Nullable
          String name) {
    return withFile(inspection -> {
      KeyFile keys = KeyFile.open(keyFile);
      inspection.count(name); // there is such a cache
      long unreadable = 0;
      for (CacheSummary cache : inspection.caches()) {
        if (CacheInspection.isEncrypted(cache) && (name == null || name.equals(cache.name()))) {
          Rotation.Renewal done = inspection.rekey(cache.name(), keys, soFar -> {});
          unreadable += done.unreadable();
          print()
              .printf(
                  "%s: %d encrypted anew, %d could not be decrypted.%n",
                  printable(cache.name()), done.renewed(), done.unreadable());
        }
      }
      return unreadable == 0 ? 0 : HoldfastCommand.INCOMPLETE;
    });
  }

  private void tell(String progress) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(progress);
    err.flush();
  }

  @Command(
      name = "migrate",
      description =
          "Brings a file of an older format to the format of this version; older versions refuse it then.")
  int migrate() {
    requireFile();
    try {
      CacheInspection.migrate(file);
      print().printf("%s has the format of this version.%n", file);
      return 0;
    } catch (StoreException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    } finally {
      print().flush();
    }
  }

  private void requireFile() {
    if (!Files.isRegularFile(file)) {
      throw new UserError("There is no cache file " + file + ".");
    }
  }

  private int withFile(ToIntFunction<CacheInspection> work) {
    requireFile();
    try (CacheInspection inspection = CacheInspection.open(file)) {
      return work.applyAsInt(inspection);
    } catch (StoreException e) {
      tellOfSetAside();
      throw new UserError(String.valueOf(e.getMessage()), e);
    } catch (EncryptionException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    } catch (CacheInspection.NoSuchCacheException e) {
      throw new UserError("There is no cache " + e.cache() + " in " + file + ".", e);
    } finally {
      print().flush();
    }
  }

  private void tellOfSetAside() {
    for (Path aside : CacheFile.setAsideBeside(file)) {
      print().printf("A damaged file was set aside: %s%n", printable(aside.toString()));
      print().printf("  its entries may be salvaged with: sqlite3 '%s' .recover%n", aside);
    }
  }

  private PrintWriter print() {
    return spec.commandLine().getOut();
  }

  /** Keys can be anything, escape sequences of terminals included. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static String bytes(long bytes) {
    return bytes < 10_000
        ? bytes + " B"
        : bytes < 10_000_000 ? bytes / 1_000 + " kB" : bytes / 1_000_000 + " MB";
  }
}
