package io.holdfast.docs.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, in a real browser. */
class PageIT {

  private static final String ORDERS = "[data-table='default.PUBLIC.ORDERS']";
  private static final String CUSTOMERS = "[data-table='default.PUBLIC.CUSTOMERS']";

  @TempDir
  Path directory;

  @Test
  void page_showsTables_explanations_changes_andTheChat() throws Exception {
    Optional<Path> program = Chromium.find();
    assumeTrue(
        program.isPresent(),
        "no Chromium on the PATH: the page was not looked at (apt-get install chromium)");
    Path database = Serving.execute(
        directory.resolve("shop"),
        "CREATE TABLE customers (id int PRIMARY KEY, name varchar(80))",
        "CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers, total decimal(9, 2))",
        "INSERT INTO customers VALUES (1, '<img src=x onerror=\"window.harmed=1\">'), (2, 'Ada')",
        "INSERT INTO orders VALUES (1, 2, 12.50), (2, 2, 7.00)");
    Path profile = Files.createDirectory(directory.resolve("profile"));
    try (var model = new FakeModel();
        Serving serving = Serving.of(directory, database, model.model());
        Chromium browser = Chromium.start(program.get(), profile)) {
      browser.open(serving.address());
      browser.await("document.body?.dataset.ready");
      assertThat(browser.text("#tables")).contains("PUBLIC.CUSTOMERS", "PUBLIC.ORDERS");
      assertThat(browser.text("#summary")).isEqualTo("2 tables and views, 0 of them in the cache.");

      browser.click(ORDERS);
      browser.await("document.querySelector('#how')?.innerText === 'made anew'");
      assertThat(browser.text("#explanation h2")).isEqualTo("PUBLIC.ORDERS");
      assertThat(browser.text("#explanation table")).contains("TOTAL");
      browser.await("document.querySelector(\"" + ORDERS + " .cached\")");

      browser.click(CUSTOMERS);
      browser.await("document.querySelector('#explanation h2')?.innerText === 'PUBLIC.CUSTOMERS'");
      assertThat(browser.text("#explanation")).contains("onerror=");
      assertThat(browser.evaluate("window.harmed ?? 0").asInt()).isZero();
      browser.click(ORDERS);
      browser.await("document.querySelector('#how')?.innerText === 'from the cache'"
          + " && document.querySelector('#explanation h2').innerText === 'PUBLIC.ORDERS'");

      Serving.execute(database, "ALTER TABLE orders ADD COLUMN gift_note varchar(200)");
      browser.await("document.querySelector('#explanation table').innerText.includes('GIFT_NOTE')");
      browser.await("document.querySelector('#drifts').innerText.includes('GIFT_NOTE')");

      browser.click("#question");
      browser.type("Whose are orders?");
      browser.click("#ask button");
      browser.await("document.querySelector('#answer-status').innerText.startsWith('Made anew')");
      assertThat(browser.text("#answer")).isEqualTo("Orders belong to customers.");
      browser.click("#ask button");
      browser.await("document.querySelector('#answer-status').innerText === 'From the cache.'");
      assertThat(model.prompts).hasSize(1);
      browser.await(
          "document.querySelector('#statistics').innerText.includes('Tokens saved\\t0\\t42')");

      browser.evaluate("window.scrollTo(0, 0)");
      Files.write(Path.of("target", "page.png"), browser.screenshot());
      assertThat(browser.unnamed()).isEmpty();
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
