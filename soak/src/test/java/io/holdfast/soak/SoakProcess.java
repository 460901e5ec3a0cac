package io.holdfast.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.jdbc.HoldfastConnection;
import io.holdfast.response.ResponseCache;
import io.holdfast.soak.JudgedReads.Absence;
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
import java.util.function.Function;

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
    try (SoakCaches caches = new SoakCaches(directory, isStrict);
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
      board.forgetKill(number);
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
      throws Exception {
    Function<Area, Station> stations = area ->
        new Station(owner, caches.texts(area), board.ledger(area), view, latencies, this::report);
    AnswerActivity answers = new AnswerActivity(
        owner, connection, responses, board.ledger(Area.TABLES), latencies, this::report);
    answers.begin();
    RelaxedActivity relaxed = new RelaxedActivity(stations.apply(Area.RELAXED));
    relaxed.begin(board.killedAtMillis(number));
    Activity entries = new EntryActivity(stations.apply(Area.ENTRIES));
    return List.of(
        entries,
        entries,
        entries,
        entries,
        new CounterActivity(
            caches.counters(), board.ledger(Area.COUNTERS), latencies, this::report),
        new PuttingActivity(stations.apply(Area.LIMITED), Operation.PUT, Absence.MAY_HAPPEN),
        new ClearedActivity(stations.apply(Area.CLEARED)),
        new ExpiringActivity(stations.apply(Area.EXPIRING)),
        new ReadThroughActivity(caches.loaded(), latencies, this::report),
        answers,
        new PuttingActivity(
            stations.apply(Area.FULL), Operation.PUT_FULL, Absence.MUST_BE_EXPLAINED),
        relaxed,
        new PuttingActivity(stations.apply(Area.CROWDED), Operation.PUT, Absence.MAY_HAPPEN),
        new PuttingActivity(stations.apply(Area.SPARSE), Operation.PUT, Absence.MAY_HAPPEN));
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
