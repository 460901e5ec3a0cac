package io.holdfast.jmx;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Sends the notifications of one bean, on a daemon thread that is there only while there is something
 * to send: neither a slow subscriber nor one that throws holds up anybody. Behind a slow one at most
 * {@value #MAX_PENDING} wait; what comes then is dropped and counted.
 */
final class Notifier extends NotificationBroadcasterSupport {

  static final int MAX_PENDING = 256;

  private final Audience audience;
  private final ThreadPoolExecutor sender;
  private final LongAdder dropped;
  private final AtomicLong sequence = new AtomicLong();
  // Guarded by this; as often as each has subscribed.
  private final List<NotificationListener> subscribers = new ArrayList<>();
  private boolean closed;
  // The bean's name, as JMX asks for; before it has one, what it is about.
  private volatile Object source;

  /** Told when somebody listens, and when nobody does any more; must not wait. */
  interface Audience {

    /** For whom it makes no difference. */
    Audience IGNORED = new Audience() {
      @Override
      public void came() {
        // what is sent comes by itself
      }

      @Override
      public void left() {
        // and is sent to nobody
      }
    };

    void came();

    void left();
  }

  /**
   * A notifier without subscribers.
   *
   * @param about stands for the bean until it has a name
   * @param kinds what it will send
   */
  static Notifier of(String about, Audience audience, MBeanNotificationInfo... kinds) {
    var dropped = new LongAdder();
    var sender = new ThreadPoolExecutor(
        1,
        1,
        /* idle for */ 2,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(MAX_PENDING),
        work -> Daemon.thread("holdfast-jmx-notifier", work),
        (work, executor) -> dropped.increment());
    sender.allowCoreThreadTimeOut(true);
    return new Notifier(about, audience, sender, dropped, kinds);
  }

  private Notifier(
      String about,
      Audience audience,
      ThreadPoolExecutor sender,
      LongAdder dropped,
      MBeanNotificationInfo... kinds) {
    super(sender, kinds);
    this.source = about;
    this.audience = audience;
    this.sender = sender;
    this.dropped = dropped;
  }

  /** Says what notifications of these types mean. */
  static MBeanNotificationInfo kind(String description, String... types) {
    return new MBeanNotificationInfo(types, Notification.class.getName(), description);
  }

  /**
   * The source of notifications from now on. An MBean server would replace a reference to the
   * registered object itself by its name, and that object is a wrapper this class does not see.
   */
  void sendAs(ObjectName name) {
    source = name;
  }

  /** Sends a notification to whoever listens. */
  void send(String type, long atMillis, String message, UserData data) {
    var notification =
        new Notification(type, source, sequence.incrementAndGet(), atMillis, message);
    notification.setUserData(data.toCompositeData());
    sendNotification(notification);
  }

  long dropped() {
    return dropped.sum();
  }

  @Override
  public synchronized void addNotificationListener(
      NotificationListener listener,
      @Nullable NotificationFilter filter,
      @Nullable Object handback) {
    super.addNotificationListener(listener, filter, handback);
    subscribers.add(listener);
    if (subscribers.size() == 1 && !closed) {
      audience.came();
    }
  }

  @Override
  public synchronized void removeNotificationListener(NotificationListener listener)
      throws ListenerNotFoundException {
    super.removeNotificationListener(listener);
    subscribers.removeIf(each -> each.equals(listener));
    leaveIfEmpty();
  }

  @Override
  public synchronized void removeNotificationListener(
      NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback)
      throws ListenerNotFoundException {
    super.removeNotificationListener(listener, filter, handback);
    subscribers.remove(listener);
    leaveIfEmpty();
  }

  private void leaveIfEmpty() {
    if (subscribers.isEmpty()) {
      audience.left();
    }
  }

  /** Sends what is pending and ends the thread. */
  synchronized void close() {
    closed = true;
    audience.left();
    sender.shutdown();
  }
}
