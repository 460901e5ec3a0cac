package io.holdfast.jmx.console;

import com.sun.tools.jconsole.JConsolePlugin;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.swing.JPanel;
import javax.swing.SwingWorker;
import org.jspecify.annotations.Nullable;

/**
 * Adds the tab "Holdfast" to JConsole, which finds this class by {@code ServiceLoader} in the jars of
 * its {@code -pluginpath}. JConsole asks for a worker at each of its intervals, connected or not.
 *
 * @see <a
 *     href="https://docs.oracle.com/en/java/javase/17/docs/api/jdk.jconsole/com/sun/tools/jconsole/JConsolePlugin.html">JConsolePlugin</a>
 */
public final class HoldfastPlugin extends JConsolePlugin {

  private final InstantSource clock = InstantSource.system();
  private final BeanReader reader = new BeanReader(clock);
  private final History history = new History();
  private @Nullable HoldfastPanel panel;

  /** Called by JConsole. */
  public HoldfastPlugin() {}

  @Override
  public Map<String, JPanel> getTabs() {
    return Map.of("Holdfast", panel());
  }

  private HoldfastPanel panel() {
    if (panel == null) {
      panel = new HoldfastPanel(history);
    }
    return panel;
  }

  @Override
  public SwingWorker<?, ?> newSwingWorker() {
    return new Poll();
  }

  /** Reads off the event dispatch thread, shows on it. */
  private final class Poll extends SwingWorker<Snapshot, Void> {

    @Override
    protected Snapshot doInBackground() throws Exception {
      return reader.read(getContext().getMBeanServerConnection());
    }

    @Override
    protected void done() {
      try {
        Snapshot snapshot = get();
        history.add(snapshot);
        panel().refresh(found(snapshot));
      } catch (ExecutionException e) {
        history.disconnected(clock.millis());
        panel().refresh(missing(e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String found(Snapshot snapshot) {
    if (snapshot.isEmpty()) {
      return "No beans of Holdfast: does the application have holdfast-jmx on its class path?";
    }
    return count(snapshot.caches().size(), "cache") + ", "
        + count(snapshot.files().size(), "cache file") + ", "
        + count(snapshot.databases().size(), "database") + ", "
        + count(snapshot.responses().size(), "response cache") + "; last reading "
        + TimeSpan.time(snapshot.atMillis(), ZoneId.systemDefault(), "HH:mm:ss");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private String missing(@Nullable Throwable cause) {
    String since = history.lastMillis() == 0
        ? ""
        : " since "
            + TimeSpan.time(history.lastMillis(), ZoneId.systemDefault(), "HH:mm:ss")
            + "; shown is what was seen until then";
    return cause instanceof IOException
        ? "The application does not answer" + since
        : "The beans cannot be read: " + cause;
  }
}
