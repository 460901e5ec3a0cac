package io.holdfast.jmx;

import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.SchemaDriftListener;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

/**
 * Sends a notification per drift on a daemon thread of its own, so that a subscriber never holds up
 * the statement that changed the table. Behind a slow subscriber at most {@value #MAX_PENDING} wait;
 * what comes then is dropped and counted.
 */
final class DriftNotifier implements SchemaDriftListener {

  /** The type of the notifications. */
  static final String TYPE = "io.holdfast.schema.drift";

  static final int MAX_PENDING = 256;

  // The bean's name, as JMX asks for; before it has one, the database's.
  private volatile Object source;
  private final AtomicLong sequence = new AtomicLong();
  private final LongAdder dropped = new LongAdder();
  private final ThreadPoolExecutor sender;
  private final NotificationBroadcasterSupport broadcaster;

  DriftNotifier(String databaseId) {
    this.source = databaseId;
    this.sender = new ThreadPoolExecutor(
        1,
        1,
        /* idle for */ 2,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(MAX_PENDING),
        work -> {
          var thread = new Thread(work, "holdfast-jmx-drift");
          thread.setDaemon(true);
          // Else the thread keeps the class loader of whoever caused the first drift.
          thread.setContextClassLoader(null);
          return thread;
        },
        (work, executor) -> dropped.increment());
    sender.allowCoreThreadTimeOut(true);
    this.broadcaster = new NotificationBroadcasterSupport(
        sender,
        new MBeanNotificationInfo(
            new String[] {TYPE},
            Notification.class.getName(),
            "A table or view is not what it was: message is one line, user data the record"));
  }

  /**
   * The source of notifications from now on. An MBean server would replace a reference to the
   * registered object itself by its name, and that object is a wrapper this class does not see.
   */
  void sendAs(ObjectName name) {
    source = name;
  }

  NotificationBroadcasterSupport broadcaster() {
    return broadcaster;
  }

  long dropped() {
    return dropped.sum();
  }

  @Override
  public void drifted(SchemaDrift drift) {
    var notification = new Notification(
        TYPE, source, sequence.incrementAndGet(), drift.observedAtMillis(), drift.summary());
    notification.setUserData(RecentDrift.of(drift).toCompositeData());
    broadcaster.sendNotification(notification);
  }

  /** Sends what is pending and ends the thread. */
  void close() {
    sender.shutdown();
  }
}
