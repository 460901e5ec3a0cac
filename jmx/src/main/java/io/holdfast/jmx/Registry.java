package io.holdfast.jmx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The beans of one kind, each for one source. Registers, and unregisters exactly what it registered;
 * never throws, as nobody's cache should suffer from its bean. Safe from any thread.
 *
 * <p>Closing a source takes its bean away. A source that was forgotten instead is held weakly, by this
 * registry and by its bean: it can be collected, and its bean goes when the next one comes.
 *
 * @param <S> what the beans read
 */
final class Registry<S> {

  // Names are the user's and may be many: an end to the search, far beyond any sensible number.
  private static final int MAX_EQUAL_NAMES = 10_000;

  private static final Logger LOGGER = System.getLogger(Registry.class.getPackageName());

  private final MBeanServer server;
  private final String type;
  private final List<Entry<S>> entries = new ArrayList<>();
  private final Set<String> warned = new HashSet<>();

  Registry(MBeanServer server, String type) {
    this.server = server;
    this.type = type;
  }

  /** A bean, and what ends with it. */
  interface Bean {

    /** The object for the MBean server. */
    Object mbean();

    /** Tells the bean its name, once it is registered. */
    default void registeredAs(ObjectName name) {}

    /** Ends what the bean started. */
    default void release() {}
  }

  private record Entry<S>(
      WeakReference<S> source, Bean bean, @Nullable ObjectName name) {}

  /** Makes a bean for this source and registers it under the first free name. */
  synchronized void open(S source, String name, Function<S, Bean> maker) {
    sweep();
    try {
      Bean bean = maker.apply(source);
      entries.add(new Entry<>(new WeakReference<>(source), bean, register(bean, name)));
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, () -> "no " + type + " bean for " + name + "; it works without", e);
    }
  }

  /** Takes the bean of this very source away; quiet if there is none. */
  synchronized void close(S source) {
    for (var i = entries.iterator(); i.hasNext(); ) {
      Entry<S> entry = i.next();
      if (entry.source().get() == source) {
        i.remove();
        end(entry);
      }
    }
    sweep();
  }

  private void sweep() {
    for (var i = entries.iterator(); i.hasNext(); ) {
      Entry<S> entry = i.next();
      if (entry.source().refersTo(null)) {
        i.remove();
        end(entry);
      }
    }
  }

  private @Nullable ObjectName register(Bean bean, String name) {
    for (int number = 1; number <= MAX_EQUAL_NAMES; number++) {
      try {
        // What the server says, not what was asked: a server may give a name of its own.
        ObjectName given =
            server.registerMBean(bean.mbean(), BeanName.of(type, name, number)).getObjectName();
        bean.registeredAs(given);
        if (number > 1 && warned.add(name)) {
          LOGGER.log(
              Level.WARNING,
              () -> "another " + type + " bean is named " + name + "; this one is " + given);
        }
        return given;
      } catch (InstanceAlreadyExistsException e) {
        LOGGER.log(Level.TRACE, () -> "taken: " + e.getMessage());
      } catch (JMException | RuntimeException e) {
        LOGGER.log(Level.WARNING, () -> "cannot register the " + type + " bean of " + name, e);
        return null;
      }
    }
    LOGGER.log(Level.WARNING, () -> "too many " + type + " beans are named " + name);
    return null;
  }

  private void end(Entry<S> entry) {
    try {
      if (entry.name() != null) {
        server.unregisterMBean(entry.name());
      }
    } catch (InstanceNotFoundException e) {
      LOGGER.log(Level.DEBUG, () -> "somebody else took the bean away: " + entry.name());
    } catch (JMException | RuntimeException e) {
      LOGGER.log(Level.WARNING, () -> "cannot take the bean away: " + entry.name(), e);
    } finally {
      entry.bean().release();
    }
  }
}
