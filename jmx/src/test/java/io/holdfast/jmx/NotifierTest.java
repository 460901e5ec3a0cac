package io.holdfast.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscribers, good ones and bad ones. */
@Timeout(60)
class NotifierTest {

  private final AtomicInteger audience = new AtomicInteger();
  private final Notifier notifier = Notifier.of(
      "a bean",
      new Notifier.Audience() {
        @Override
        public void came() {
          audience.incrementAndGet();
        }

        @Override
        public void left() {
          audience.set(0);
        }
      },
      Notifier.kind("a test", "test"));

  @AfterEach
  void close() {
    notifier.close();
  }

  private void send(int number) {
    notifier.send("test", number, "no " + number, new UserData("T", "t").with("number", number));
  }

  @Test
  void send_listenerThatThrows_othersHearAllTheSame_inOrder() throws Exception {
    BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
    notifier.addNotificationListener(
        (notification, handback) -> {
          throw new IllegalStateException("a bad listener");
        },
        null,
        null);
    notifier.addNotificationListener(
        (notification, handback) -> heard.add(notification), null, null);
    for (int i = 1; i <= 5; i++) {
      send(i);
    }
    for (long i = 1; i <= 5; i++) {
      Notification notification = heard.poll(30, TimeUnit.SECONDS);
      assertThat(notification).isNotNull();
      assertThat(notification.getSequenceNumber()).isEqualTo(i);
      assertThat(notification.getTimeStamp()).isEqualTo(i);
    }
  }

  @Test
  void send_listenerThatHangs_holdsUpNobody_andWhatIsTooMuchIsCounted() throws Exception {
    var hangs = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    notifier.addNotificationListener(
        (notification, handback) -> {
          hangs.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        null,
        null);
    send(0);
    assertThat(hangs.await(30, TimeUnit.SECONDS)).isTrue();
    IntStream.rangeClosed(1, Notifier.MAX_PENDING + 10).forEach(this::send);
    assertThat(notifier.dropped()).isEqualTo(10);
    release.countDown();
  }

  @Test
  void audience_isThereFromTheFirstSubscriptionToTheLast() throws Exception {
    NotificationListener one = (notification, handback) -> {};
    NotificationListener other = (notification, handback) -> {};
    assertThat(audience).hasValue(0);
    notifier.addNotificationListener(one, null, "a");
    notifier.addNotificationListener(one, null, "b");
    notifier.addNotificationListener(other, null, null);
    assertThat(audience).hasValue(1);
    notifier.removeNotificationListener(one, null, "a");
    notifier.removeNotificationListener(other);
    assertThat(audience).as("one listens still, as b").hasValue(1);
    notifier.removeNotificationListener(one);
    assertThat(audience).hasValue(0);
    notifier.addNotificationListener(other, null, null);
    assertThat(audience).hasValue(1);
  }

  @Test
  void close_audienceIsGone_andNobodyComesAfterwards() {
    notifier.addNotificationListener((notification, handback) -> {}, null, null);
    notifier.close();
    assertThat(audience).hasValue(0);
    notifier.addNotificationListener((notification, handback) -> {}, null, null);
    assertThat(audience).hasValue(0);
    send(1);
  }

  @Test
  void notificationInfo_saysWhatIsSent() {
    assertThat(notifier.getNotificationInfo())
        .extracting(MBeanNotificationInfo::getDescription)
        .containsExactly("a test");
  }
}
