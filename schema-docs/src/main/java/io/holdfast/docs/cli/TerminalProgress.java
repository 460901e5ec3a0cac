package io.holdfast.docs.cli;

import io.holdfast.docs.run.Progress;
import io.holdfast.docs.run.RunReport.Outcome;
import java.io.Console;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;

/** Progress on the error stream: a bar that redraws itself, or plain lines where nobody can redraw. */
final class TerminalProgress implements Progress {
  private static final int BAR_CHARS = 30;
  private static final int NAME_CHARS = 32;

  private final PrintWriter out;
  private final boolean bar;
  private int tables;
  private int done;

  TerminalProgress(PrintWriter out, boolean bar) {
    this.out = out;
    this.bar = bar;
  }

  /** Whether a person sits in front of this: then a bar is drawn. */
  @SuppressWarnings("SystemConsoleNull") // from JDK 22 on isTerminal() is asked as well
  static boolean isTerminal() {
    Console console = System.console();
    if (console == null || System.getenv("CI") != null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      // Since JDK 22 there is a console even when everything is redirected, and it can be asked.
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  @Override
  public void begin(int count) {
    tables = count;
    done = 0;
  }

  @Override
  public void next(String table) {
    done++;
    if (bar) {
      int filled = BAR_CHARS * (done - 1) / Math.max(1, tables);
      String name = table.length() <= NAME_CHARS ? table : table.substring(0, NAME_CHARS - 1) + "…";
      out.printf(
          "\r\033[K[%s%s] %d/%d %s",
          "#".repeat(filled), ".".repeat(BAR_CHARS - filled), done, tables, printable(name));
      out.flush();
    }
  }

  /** Without a terminal: a line for what took work, so that a log is not full of what did not. */
  @Override
  public void done(String table, Outcome outcome) {
    if (!bar && outcome != Outcome.SERVED) {
      out.printf(
          "  %d/%d %s %s%n",
          done, tables, outcome.name().toLowerCase(Locale.ROOT), printable(table));
      out.flush();
    }
  }

  @Override
  public void warn(String sentence) {
    out.printf("%s%s%n", bar ? "\r\033[K" : "", printable(sentence));
    out.flush();
  }

  @Override
  public void end() {
    if (bar) {
      out.print("\r\033[K");
      out.flush();
    }
  }

  // A table may be called anything, escape sequences of terminals included.
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
