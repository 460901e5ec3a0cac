package io.holdfast.docs.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the sample shop. Made by a generator with a fixed seed, so that everybody's shop is the
 * same, and handed over as text, which each of the engines turns into the column's type.
 */
final class ShopData {
  private static final long SEED = 20_240_301;
  private static final int CUSTOMERS = 1_500;
  private static final int PRODUCTS = 320;
  private static final int ORDERS = 6_000;
  private static final LocalDateTime OPENED = LocalDateTime.of(2022, 3, 1, 8, 0);
  private static final int DAYS = 1_200;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final Random random = new Random(SEED);
  private final Connection connection;

  private ShopData(Connection connection) {
    this.connection = connection;
  }

  /**
   * Makes the tables and fills them, in one transaction where the engine has transactional DDL.
   *
   * @param connection of the engine's own driver, in auto-commit mode; left so
   */
  static void load(Connection connection, DemoEngine engine) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String sql : ShopSchema.statements(engine)) {
        statement.execute(sql);
      }
    }
    new ShopData(connection).fill();
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void fill() throws SQLException {
    insert("countries", countries());
    insert("customers", customers());
    List<String[]> addresses = addresses();
    insert("addresses", addresses);
    insert("categories", categories());
    insert("suppliers", suppliers());
    List<String[]> products = products();
    insert("products", products);
    insert(
        "warehouses",
        rows(row("1", "Rotterdam", "NL"), row("2", "Lyon", "FR"), row("3", "Gdańsk", "PL")));
    insert("stock_levels", stock());
    insert("vouchers", vouchers());
    orders(addresses, products);
    insert("reviews", reviews());
  }

  private static List<String[]> countries() {
    return rows(
        row("AT", "Austria", "20"),
        row("BE", "Belgium", "21"),
        row("CZ", "Czechia", "21"),
        row("DE", "Germany", "19"),
        row("DK", "Denmark", "25"),
        row("ES", "Spain", "21"),
        row("FI", "Finland", "25.5"),
        row("FR", "France", "20"),
        row("IE", "Ireland", "23"),
        row("IT", "Italy", "22"),
        row("NL", "Netherlands", "21"),
        row("PL", "Poland", "23"),
        row("PT", "Portugal", "23"),
        row("SE", "Sweden", "25"));
  }

  private List<String[]> customers() {
    var rows = new ArrayList<String[]>();
    for (int id = 1; id <= CUSTOMERS; id++) {
      String first = one(Words.FIRST_NAMES);
      String last = one(Words.LAST_NAMES);
      rows.add(row(
          id,
          Words.ascii(first) + "." + Words.ascii(last) + id + "@" + one(Words.MAIL_DOMAINS),
          first,
          last,
          chance(35) ? null : LocalDate.of(1945, 1, 1).plusDays(random.nextInt(22_000)),
          chance(40),
          time(random.nextInt(DAYS))));
    }
    return rows;
  }

  /** One address for everybody, a second one for some. */
  private List<String[]> addresses() {
    var rows = new ArrayList<String[]>();
    for (int customer = 1; customer <= CUSTOMERS; customer++) {
      for (int i = chance(18) ? 2 : 1; i > 0; i--) {
        int city = random.nextInt(Words.CITIES.size());
        String[] place = Words.CITIES.get(city).split("/", -1);
        rows.add(row(
            rows.size() + 1,
            customer,
            place[1],
            one(Words.STREETS) + " " + (1 + random.nextInt(140)),
            10_000 + random.nextInt(89_999),
            place[0]));
      }
    }
    return rows;
  }

  private static List<String[]> categories() {
    var rows = new ArrayList<String[]>();
    for (String line : Words.CATEGORIES) {
      String[] names = line.split(": ", -1);
      rows.add(row(rows.size() + 1, null, names[0]));
      int parent = rows.size();
      for (String child : names[1].split(", ", -1)) {
        rows.add(row(rows.size() + 1, parent, child));
      }
    }
    return rows;
  }

  private List<String[]> suppliers() {
    var rows = new ArrayList<String[]>();
    for (String name : Words.SUPPLIERS) {
      rows.add(row(
          rows.size() + 1,
          name,
          one(List.of("DE", "NL", "IT", "PL", "SE")),
          2 + random.nextInt(26)));
    }
    return rows;
  }

  private List<String[]> products() {
    // Only categories without children hold products.
    List<Integer> leaves = new ArrayList<>();
    List<String[]> categories = categories();
    for (String[] category : categories) {
      if (category[1] != null) {
        leaves.add(Integer.valueOf(category[0]));
      }
    }
    var rows = new ArrayList<String[]>();
    for (int id = 1; id <= PRODUCTS; id++) {
      int category = one(leaves);
      String kind = categories.get(category - 1)[2];
      rows.add(row(
          id,
          String.format(
              Locale.ROOT, "%s-%05d", kind.substring(0, 2).toUpperCase(Locale.ROOT), id * 37),
          one(Words.ADJECTIVES) + " " + Words.singular(kind) + " " + (1 + random.nextInt(9)) + "00",
          category,
          1 + random.nextInt(Words.SUPPLIERS.size()),
          cents(490 + random.nextInt(24_500)),
          chance(7) ? null : 80 + random.nextInt(9_000),
          chance(9) ? time(900 + random.nextInt(300)).substring(0, 10) : null));
    }
    return rows;
  }

  private List<String[]> stock() {
    var rows = new ArrayList<String[]>();
    for (int warehouse = 1; warehouse <= 3; warehouse++) {
      for (int product = 1; product <= PRODUCTS; product++) {
        if (chance(75)) {
          rows.add(row(
              warehouse,
              product,
              chance(6) ? 0 : random.nextInt(400),
              time(DAYS - 1 - random.nextInt(30)).substring(0, 10)));
        }
      }
    }
    return rows;
  }

  private List<String[]> vouchers() {
    var rows = new ArrayList<String[]>();
    for (String code : Words.VOUCHERS) {
      rows.add(row(
          code,
          5 * (1 + random.nextInt(6)),
          chance(25) ? null : time(random.nextInt(DAYS)).substring(0, 10)));
    }
    return rows;
  }

  private void orders(List<String[]> addresses, List<String[]> products) throws SQLException {
    var orders = new ArrayList<String[]>();
    var lines = new ArrayList<String[]>();
    var payments = new ArrayList<String[]>();
    var shipments = new ArrayList<String[]>();
    for (int id = 1; id <= ORDERS; id++) {
      String[] address = one(addresses);
      int day = id * DAYS / (ORDERS + 1);
      String status = status(day);
      orders.add(row(
          id,
          address[1],
          address[0],
          chance(12) ? one(Words.VOUCHERS) : null,
          status,
          time(day),
          chance(6) ? one(Words.NOTES) : null));
      long total = 0;
      int count = 1 + random.nextInt(3);
      for (int line = 1; line <= count; line++) {
        String[] product = one(products);
        int quantity = chance(80) ? 1 : 2 + random.nextInt(4);
        String price = product[5];
        total += quantity * Math.round(Double.parseDouble(price) * 100);
        lines.add(row(id, line, product[0], quantity, price));
      }
      if (!status.equals("placed") && !status.equals("cancelled")) {
        payments.add(row(
            payments.size() + 1,
            id,
            one(List.of("card", "card", "card", "wallet", "wallet", "invoice", "transfer")),
            cents(total),
            chance(4) ? null : time(day)));
      }
      if (Set.of("shipped", "delivered", "returned").contains(status)) {
        shipments.add(row(
            shipments.size() + 1,
            id,
            1 + random.nextInt(3),
            one(List.of("PostNord", "DHL", "GLS", "DPD")),
            String.format(Locale.ROOT, "HF%09d", 17L * id + 100_000_000),
            time(day + 1),
            status.equals("shipped") ? null : time(day + 2 + random.nextInt(5))));
      }
    }
    insert("orders", orders);
    insert("order_lines", lines);
    insert("payments", payments);
    insert("shipments", shipments);
  }

  private String status(int day) {
    if (day > DAYS - 12) {
      return one(List.of("placed", "paid", "shipped"));
    }
    return chance(4) ? "cancelled" : chance(5) ? "returned" : "delivered";
  }

  private List<String[]> reviews() {
    var rows = new ArrayList<String[]>();
    var written = new HashSet<Long>();
    while (rows.size() < 2_000) {
      int product = 1 + random.nextInt(PRODUCTS);
      int customer = 1 + random.nextInt(CUSTOMERS);
      if (written.add(product * 10_000L + customer)) {
        int stars = one(List.of(5, 5, 5, 4, 4, 4, 3, 3, 2, 1));
        rows.add(row(
            rows.size() + 1,
            product,
            customer,
            stars,
            chance(45) ? null : one(stars > 3 ? Words.PRAISE : Words.COMPLAINTS),
            time(random.nextInt(DAYS))));
      }
    }
    return rows;
  }

  private void insert(String table, List<String[]> rows) throws SQLException {
    String marks = String.join(", ", Collections.nCopies(rows.get(0).length, "?"));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
      for (String[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          insert.setString(i + 1, row[i]);
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String time(int day) {
    return TIME.format(OPENED.plusDays(day).plusSeconds(random.nextInt(50_000)));
  }

  private static String cents(long amount) {
    return amount / 100 + "." + String.format(Locale.ROOT, "%02d", amount % 100);
  }

  private static List<String[]> rows(String[]... rows) {
    return List.of(rows);
  }

  private static String[] row(@Nullable Object... values) {
    return Arrays.stream(values)
        .map(value -> value == null ? null : value.toString())
        .toArray(String[]::new);
  }
}
