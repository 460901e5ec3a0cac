package io.holdfast.soak;

import io.holdfast.jdbc.HoldfastConnection;
import io.holdfast.response.ResponseCache;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Answers about tables whose one numbered column is renamed all the time, each process its own table.
 * A process never serves what was true before its own DDL returned, nor, after the driver's poll
 * interval, what was true before another process's did.
 */
final class AnswerActivity implements Activity {
  /** The poll interval is 200 ms; a loaded machine and a killed process get their time. */
  private static final long MAX_LAG_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Owner owner;
  private final Connection connection;
  private final ResponseCache<String> responses;
  private final Ledger ledger;
  private final Latencies latencies;
  private final Findings findings;

  AnswerActivity(
      Owner owner,
      Connection connection,
      ResponseCache<String> responses,
      Ledger ledger,
      Latencies latencies,
      Findings findings) {
    this.owner = owner;
    this.connection = connection;
    this.responses = responses;
    this.ledger = ledger;
    this.latencies = latencies;
    this.findings = findings;
  }

  static String url(int port) {
    return "jdbc:holdfast(poll=200ms):h2:tcp://localhost:" + port + "/mem:soak;LOCK_TIMEOUT=30000";
  }

  static String table(int process) {
    return "TABLE" + process;
  }

  /** A process before this one may have been killed in the middle of its DDL; the catalog knows. */
  void begin() throws SQLException {
    if (owner.thread() == 0) {
      long column = column(owner.process());
      ledger.start(owner.process(), column);
      ledger.acknowledge(owner.process(), column);
    }
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    if (owner.thread() == 0 && random.nextInt(5) == 0) {
      alter();
    } else {
      ask(random.nextInt(Owner.PROCESSES));
    }
  }

  private void alter() throws Exception {
    long before = ledger.acknowledged(owner.process());
    ledger.start(owner.process(), before + 1);
    latencies.time(Operation.DDL, () -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute("ALTER TABLE " + table(owner.process()) + " ALTER COLUMN C" + before
            + " RENAME TO C" + (before + 1));
        return null;
      }
    });
    ledger.acknowledge(owner.process(), before + 1);
  }

  private void ask(int table) throws Exception {
    long acknowledged = ledger.acknowledged(table);
    long startNanos = System.nanoTime();
    boolean isBehind = false;
    while (true) {
      long answer = latencies.time(Operation.ANSWER, () -> answer(table));
      if (answer >= acknowledged && answer <= ledger.started(table)) {
        break;
      }
      boolean mayLag = table != owner.process();
      if (!mayLag || System.nanoTime() - startNanos > MAX_LAG_NANOS) {
        findings.report("the answer about table " + table + " is of structure " + answer
            + "; acknowledged was " + acknowledged + ", begun " + ledger.started(table));
        break;
      }
      isBehind = true;
      Thread.sleep(5);
    }
    if (isBehind) {
      latencies.recordSince(Operation.NOTICE_DDL, startNanos);
    }
  }

  private long answer(int table) throws SQLException {
    Optional<SchemaKey> key = connection
        .unwrap(HoldfastConnection.class)
        .schemaKey(new TableName("PUBLIC", table(table)), "column");
    return key.isEmpty()
        ? column(table)
        : Long.parseLong(responses.get(key.get(), () -> String.valueOf(column(table))));
  }

  private long column(int table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet columns =
            statement.executeQuery("SELECT * FROM " + table(table) + " WHERE 1 = 0")) {
      return Long.parseLong(columns.getMetaData().getColumnName(1).substring(1));
    }
  }
}
