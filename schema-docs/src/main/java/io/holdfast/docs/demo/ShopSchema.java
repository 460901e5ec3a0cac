package io.holdfast.docs.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of the sample shop, in an order in which every reference finds its target. */
final class ShopSchema {

  private static final String TABLES = """
      CREATE TABLE countries (
        code char(2) PRIMARY KEY,
        name varchar(60) NOT NULL UNIQUE,
        vat_percent numeric(4,1) NOT NULL CHECK (vat_percent >= 0)
      );
      CREATE TABLE customers (
        id integer PRIMARY KEY,
        email varchar(120) NOT NULL UNIQUE,
        first_name varchar(40) NOT NULL,
        last_name varchar(40) NOT NULL,
        born_on date,
        newsletter boolean DEFAULT false NOT NULL,
        registered_at {time} NOT NULL
      );
      CREATE TABLE addresses (
        id integer PRIMARY KEY,
        customer_id integer NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
        country_code char(2) NOT NULL REFERENCES countries (code),
        street varchar(80) NOT NULL,
        postcode varchar(12) NOT NULL,
        city varchar(60) NOT NULL
      );
      CREATE TABLE categories (
        id integer PRIMARY KEY,
        parent_id integer REFERENCES categories (id),
        name varchar(60) NOT NULL UNIQUE
      );
      CREATE TABLE suppliers (
        id integer PRIMARY KEY,
        name varchar(80) NOT NULL UNIQUE,
        country_code char(2) NOT NULL REFERENCES countries (code),
        lead_days integer DEFAULT 7 NOT NULL CHECK (lead_days > 0)
      );
      CREATE TABLE products (
        id integer PRIMARY KEY,
        sku varchar(16) NOT NULL UNIQUE,
        name varchar(100) NOT NULL,
        category_id integer NOT NULL REFERENCES categories (id),
        supplier_id integer NOT NULL REFERENCES suppliers (id),
        price numeric(10,2) NOT NULL CHECK (price > 0),
        weight_grams integer,
        discontinued_on date
      );
      CREATE TABLE warehouses (
        id integer PRIMARY KEY,
        name varchar(40) NOT NULL UNIQUE,
        country_code char(2) NOT NULL REFERENCES countries (code)
      );
      CREATE TABLE stock_levels (
        warehouse_id integer NOT NULL REFERENCES warehouses (id),
        product_id integer NOT NULL REFERENCES products (id),
        quantity integer NOT NULL CHECK (quantity >= 0),
        counted_on date NOT NULL,
        PRIMARY KEY (warehouse_id, product_id)
      );
      CREATE TABLE vouchers (
        code varchar(16) PRIMARY KEY,
        percent_off integer NOT NULL CHECK (percent_off BETWEEN 1 AND 90),
        valid_until date
      );
      CREATE TABLE orders (
        id integer PRIMARY KEY,
        customer_id integer NOT NULL REFERENCES customers (id),
        address_id integer NOT NULL REFERENCES addresses (id),
        voucher_code varchar(16) REFERENCES vouchers (code),
        status {status},
        placed_at {time} NOT NULL,
        note varchar(200)
      );
      CREATE TABLE order_lines (
        order_id integer NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
        line_number integer NOT NULL,
        product_id integer NOT NULL REFERENCES products (id),
        quantity integer NOT NULL CHECK (quantity > 0),
        unit_price numeric(10,2) NOT NULL,
        PRIMARY KEY (order_id, line_number)
      );
      CREATE TABLE payments (
        id integer PRIMARY KEY,
        order_id integer NOT NULL REFERENCES orders (id),
        method varchar(12) NOT NULL CHECK (method IN ('card', 'transfer', 'invoice', 'wallet')),
        amount numeric(10,2) NOT NULL,
        paid_at {time}
      );
      CREATE TABLE shipments (
        id integer PRIMARY KEY,
        order_id integer NOT NULL REFERENCES orders (id),
        warehouse_id integer NOT NULL REFERENCES warehouses (id),
        carrier varchar(20) NOT NULL,
        tracking_code varchar(20) NOT NULL UNIQUE,
        shipped_at {time} NOT NULL,
        delivered_at {time}
      );
      CREATE TABLE reviews (
        id integer PRIMARY KEY,
        product_id integer NOT NULL REFERENCES products (id),
        customer_id integer NOT NULL REFERENCES customers (id),
        stars integer NOT NULL CHECK (stars BETWEEN 1 AND 5),
        body varchar(400),
        written_at {time} NOT NULL,
        UNIQUE (product_id, customer_id)
      );
      CREATE INDEX addresses_customer ON addresses (customer_id);
      CREATE INDEX orders_customer_placed ON orders (customer_id, placed_at);
      CREATE INDEX order_lines_product ON order_lines (product_id);
      CREATE INDEX payments_order ON payments (order_id);
      CREATE VIEW order_totals AS
        SELECT o.id AS order_id, o.customer_id, o.placed_at, sum(l.quantity * l.unit_price) AS total
        FROM orders o JOIN order_lines l ON l.order_id = o.id
        GROUP BY o.id, o.customer_id, o.placed_at;
      """;

  private static final String COMMENTS = """
      COMMENT ON TABLE customers IS 'People who registered in the shop. Guests are not stored.';
      COMMENT ON COLUMN customers.email IS 'Login name, always in lower case';
      COMMENT ON TABLE products IS 'Everything the shop sells or has ever sold.';
      COMMENT ON COLUMN products.price IS 'Current price in euros, VAT included';
      COMMENT ON COLUMN products.discontinued_on IS 'Empty while the product is on sale';
      COMMENT ON TABLE orders IS 'One row for each checkout. Lines, payments and shipments refer to it.';
      COMMENT ON TABLE order_lines IS 'What was ordered, at the price of that moment.';
      COMMENT ON COLUMN order_lines.unit_price IS 'Price when the order was placed, in euros';
      COMMENT ON TABLE stock_levels IS 'How much of each product lies in each warehouse.';
      COMMENT ON COLUMN shipments.delivered_at IS 'Empty while on the way';
      """;

  private static final String STATUS_VALUES =
      "'placed', 'paid', 'shipped', 'delivered', 'returned', 'cancelled'";

  // Statements end at a semicolon at the end of a line; no text above holds one elsewhere.
  private static final Pattern STATEMENT = Pattern.compile("(?s)(\\S.*?);\\n");

  private ShopSchema() {}

  /** The statements that make the shop on this engine. */
  static List<String> statements(DemoEngine engine) {
    return switch (engine) {
      case POSTGRESQL -> {
        var all = new ArrayList<String>();
        all.add("CREATE TYPE order_status AS ENUM (" + STATUS_VALUES + ")");
        all.addAll(tables("timestamp with time zone", "order_status DEFAULT 'placed' NOT NULL"));
        all.addAll(split(COMMENTS));
        yield all;
      }
      case H2 -> {
        var all = new ArrayList<>(tables("timestamp", checkedStatus()));
        all.addAll(split(COMMENTS));
        yield all;
      }
      case SQLITE -> tables("timestamp", checkedStatus());
    };
  }

  private static List<String> tables(String time, String status) {
    return split(TABLES.replace("{time}", time).replace("{status}", status));
  }

  private static String checkedStatus() {
    return "varchar(12) DEFAULT 'placed' NOT NULL CHECK (status IN (" + STATUS_VALUES + "))";
  }

  private static List<String> split(String script) {
    var statements = new ArrayList<String>();
    Matcher matcher = STATEMENT.matcher(script);
    while (matcher.find()) {
      statements.add(matcher.group(1));
    }
    return statements;
  }
}
