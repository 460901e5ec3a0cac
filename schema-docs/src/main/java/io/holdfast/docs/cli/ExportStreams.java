package io.holdfast.docs.cli;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where exports go and come from: a file, or a standard stream. Always UTF-8. */
final class ExportStreams {

  private ExportStreams() {}

  /** A new file that only its owner can read, as the cache file it comes from. */
  static PrintWriter create(Path out) throws IOException {
    boolean isPosix = out.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly = isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
    try {
      return writer(Channels.newOutputStream(Files.newByteChannel(
          out, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)));
    } catch (FileAlreadyExistsException e) {
      throw new UserError(out + " is there already; it was left as it is.", e);
    } catch (NoSuchFileException e) {
      throw new UserError("There is no directory for " + out + ".", e);
    }
  }

  static PrintWriter writer(OutputStream out) {
    return new PrintWriter(
        new OutputStreamWriter(new BufferedOutputStream(out), StandardCharsets.UTF_8));
  }

  /** The file, or standard input if null. */
  static BufferedReader open(@Nullable Path in) throws IOException {
    if (in == null) {
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
    if (!Files.isRegularFile(in)) {
      throw new UserError("There is no file " + in + ".");
    }
    return Files.newBufferedReader(in);
  }
}
