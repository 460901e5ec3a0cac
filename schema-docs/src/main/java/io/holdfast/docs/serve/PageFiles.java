package io.holdfast.docs.serve;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The page and what belongs to it: a few files out of the jar, held in memory. */
final class PageFiles {
  private static final Map<String, String> TYPES = Map.of(
      "svg", "image/svg+xml",
      "html", "text/html; charset=utf-8",
      "css", "text/css; charset=utf-8",
      "js", "text/javascript; charset=utf-8");

  private PageFiles() {}

  /** Adds their addresses. */
  static void addTo(Routes routes) {
    routes
        .add("GET", "/", file("index.html"))
        .add("GET", "/page.css", file("page.css"))
        .add("GET", "/page.js", file("page.js"))
        .add("GET", "/api.js", file("api.js"))
        .add("GET", "/icon.svg", file("icon.svg"));
  }

  private static Endpoint file(String name) {
    byte[] bytes = read(name);
    String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
    String entityTag = EntityTag.of(bytes);
    return exchange -> {
      exchange.answerHeader("ETag", entityTag);
      exchange.answerHeader("Cache-Control", "no-cache");
      if (exchange.has(entityTag)) {
        exchange.answer(304);
      } else {
        exchange.answer(200, type, bytes);
      }
    };
  }

  private static byte[] read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new FileNotFoundException("the jar lacks page/" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
