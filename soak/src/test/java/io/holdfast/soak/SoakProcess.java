package io.holdfast.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.jdbc.HoldfastConnection;
import io.holdfast.response.ResponseCache;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A process that works on the file from eight threads until its standard input ends, or until it is
 * killed. What it measures and finds goes to standard output, a line each.
 */
final class SoakProcess {
  private static final int MAX_FINDINGS = 50;

  private final int number;
  private final PrintStream out = new PrintStream(System.out, /* autoFlush= */ true, UTF_8);
  private final Latencies latencies = new Latencies();
  private volatile boolean isEnding;
  private int findings;

  private SoakProcess(int number) {
    this.number = number;
  }

  /** Arguments: the directory, the number of the process, the coherence, the database's port, a seed. */
  public static void main(String[] arguments) throws Exception {
    new SoakProcess(Integer.parseInt(arguments[1]))
        .work(
            Path.of(arguments[0]),
            arguments[2].equals("strict"),
            Integer.parseInt(arguments[3]),
            Long.parseLong(arguments[4]));
  }

  private void work(Path directory, boolean isStrict, int port, long seed) throws Exception {
    Board board = Board.in(directory);
    try (SoakCaches caches = new SoakCaches(directory.resolve(SoakRun.FILE), isStrict);
        ResponseCache<String> responses = ResponseCache.over(caches.answers()).build()) {
      View view = new View(number, isStrict);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < Owner.THREADS; i++) {
        Owner owner = new Owner(number, i);
        Connection connection = connect(port, responses);
        List<Activity> activities = activities(owner, board, caches, connection, responses, view);
        SplittableRandom random = new SplittableRandom(seed + i);
        threads.add(new Thread(() -> run(activities, random), "soak-" + i));
      }
      threads.forEach(Thread::start);
      say("ready");
      reportUntilTheInputEnds();
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(60));
        if (thread.isAlive()) {
          report(thread.getName() + " does not end");
        }
      }
    }
    drain();
    say("closed");
  }

  private static Connection connect(int port, ResponseCache<String> responses) throws SQLException {
    Connection connection = DriverManager.getConnection(AnswerActivity.url(port), "sa", "");
    connection.unwrap(HoldfastConnection.class).database().ifPresent(responses::watch);
    return connection;
  }

  private List<Activity> activities(
      Owner owner,
      Board board,
      SoakCaches caches,
      Connection connection,
      ResponseCache<String> responses,
      View view)
      throws SQLException {
    Activity entries = new EntryActivity(
        owner, caches.entries(), board.ledger(Area.ENTRIES), view, latencies, this::report);
    Activity limited = new LimitedActivity(
        owner, caches.limited(), board.ledger(Area.LIMITED), view, latencies, this::report);
    Activity cleared = new ClearedActivity(
        owner, caches.cleared(), board.ledger(Area.CLEARED), view, latencies, this::report);
    Activity expiring = new ExpiringActivity(
        owner, caches.expiring(), board.ledger(Area.EXPIRING), view, latencies, this::report);
    AnswerActivity answers = new AnswerActivity(
        owner, connection, responses, board.ledger(Area.TABLES), latencies, this::report);
    answers.begin();
    Activity counters = new CounterActivity(
        caches.counters(), board.ledger(Area.COUNTERS), latencies, this::report);
    Activity loaded = new ReadThroughActivity(caches.loaded(), latencies, this::report);
    return List.of(
        entries, entries, entries, entries, counters, limited, cleared, expiring, loaded, answers);
  }

  private void run(List<Activity> activities, SplittableRandom random) {
    while (!isEnding) {
      Activity activity = activities.get(random.nextInt(activities.size()));
      try {
        activity.step(random);
      } catch (Exception | Error e) {
        e.printStackTrace();
        report(activity.getClass().getSimpleName() + " failed: " + e);
      }
    }
  }

  private void reportUntilTheInputEnds() throws IOException, InterruptedException {
    Thread end = new Thread(this::awaitTheEnd, "soak-end");
    end.setDaemon(true);
    end.start();
    while (!isEnding) {
      drain();
      end.join(500);
    }
  }

  private void awaitTheEnd() {
    try (var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      while (in.readLine() != null) {
        // Nobody says anything.
      }
    } catch (IOException e) {
      // As good as the end.
    }
    isEnding = true;
  }

  private void drain() {
    latencies.drain((operation, histogram) -> say("latency " + operation + " " + histogram + " ."));
  }

  private synchronized void report(String finding) {
    if (++findings <= MAX_FINDINGS) {
      say("finding process " + number + ": " + finding.replace('\n', ' '));
    } else {
      isEnding = true;
    }
  }

  private synchronized void say(String line) {
    out.println(line);
  }
}
