package io.holdfast.docs.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.store.CacheDefinition;
import io.holdfast.store.CarriedRow;
import io.holdfast.store.Cell;
import io.holdfast.store.FileExport;
import io.holdfast.store.RowIdSeed;
import io.holdfast.store.StoredEntry;
import java.io.IOException;
import java.util.List;

/** An export as lines of JSON: what was exported first, then an entry a line, a count last. */
final class EntryLines {
  static final String FORMAT = "holdfast-export";
  static final int VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private EntryLines() {}

  /** A line cannot be understood; the message says why, without its content. */
  static final class BrokenLineException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenLineException(String reason) {
      super(reason);
    }
  }

  static String header(
      RowIdSeed seed, List<FileExport.Source> caches, List<FileExport.State> states) {
    ObjectNode header = JSON.createObjectNode();
    header.put("format", FORMAT).put("version", VERSION);
    header.putArray("rowIdSeed").add(seed.part0()).add(seed.part1());
    var cacheList = header.putArray("caches");
    for (FileExport.Source source : caches) {
      CacheDefinition definition = source.definition();
      ObjectNode cache = cacheList.addObject();
      cache.put("name", definition.name());
      cache.put("keyFormat", definition.keyFormat());
      cache.put("valueFormat", definition.valueFormat());
      putUnless(cache, "maxEntries", definition.maxEntries(), Long.MAX_VALUE);
      putUnless(cache, "maxBytes", definition.maxBytes(), Long.MAX_VALUE);
      cache.put("createdAtMillis", source.createdAtMillis());
    }
    var stateList = header.putArray("state");
    for (FileExport.State state : states) {
      stateList
          .addObject()
          .put("cache", state.cacheName())
          .put("holder", state.holder())
          .put("key", state.key())
          .put("value", state.value());
    }
    return header.toString();
  }

  static String entry(String cache, CarriedRow row) {
    ObjectNode line = JSON.createObjectNode();
    line.put("cache", cache);
    line.set("key", cell(row.key()));
    line.set("value", cell(row.value()));
    line.put("createdAtMillis", row.createdAtMillis());
    putUnless(line, "expiresAtMillis", row.expiresAtMillis(), StoredEntry.NEVER);
    putUnless(line, "lastAccessAtMillis", row.lastAccessAtMillis(), 0);
    putUnless(line, "hits", row.hits(), 0);
    line.put("version", row.version());
    line.put("rowId", row.rowId());
    return line.toString();
  }

  static String end(long entries) {
    return JSON.createObjectNode().put("entries", entries).toString();
  }

  private static void putUnless(ObjectNode node, String name, long value, long absent) {
    if (value != absent) {
      node.put(name, value);
    }
  }

  // The type of the column is part of it; BLOB is
  // Base64, REAL a text that JSON readers leave alone.
  private static ObjectNode cell(Cell cell) {
    ObjectNode node = JSON.createObjectNode();
    if (cell instanceof Cell.Text text) {
      return node.put("text", text.value());
    }
    if (cell instanceof Cell.Whole whole) {
      return node.put("integer", whole.value());
    }
    if (cell instanceof Cell.Real real) {
      return node.put("real", Double.toString(real.value()));
    }
    return node.put("blob", ((Cell.Blob) cell).value());
  }

  static JsonNode parse(String line) throws BrokenLineException {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new BrokenLineException("it is not JSON");
    }
    if (!(node instanceof ObjectNode)) {
      throw new BrokenLineException("it is not a JSON object");
    }
    return node;
  }

  static RowIdSeed seed(JsonNode header) throws BrokenLineException {
    if (!FORMAT.equals(header.path("format").asText())) {
      throw new BrokenLineException("it is not the beginning of an export");
    }
    if (header.path("version").asInt() != VERSION) {
      throw new BrokenLineException("its version is " + header.path("version").asInt()
          + ", and this Holdfast knows version " + VERSION);
    }
    JsonNode seed = header.path("rowIdSeed");
    return new RowIdSeed(number(seed.path(0), "rowIdSeed"), number(seed.path(1), "rowIdSeed"));
  }

  static FileExport.Source cache(JsonNode cache) throws BrokenLineException {
    return new FileExport.Source(
        0,
        new CacheDefinition(
            text(cache, "name"),
            text(cache, "keyFormat"),
            text(cache, "valueFormat"),
            number(cache, "maxEntries", Long.MAX_VALUE),
            number(cache, "maxBytes", Long.MAX_VALUE)),
        number(cache.path("createdAtMillis"), "createdAtMillis"));
  }

  static FileExport.State state(JsonNode state) throws BrokenLineException {
    return new FileExport.State(
        text(state, "cache"), text(state, "holder"), bytes(state, "key"), bytes(state, "value"));
  }

  static CarriedRow entry(JsonNode line) throws BrokenLineException {
    return new CarriedRow(
        number(line.path("rowId"), "rowId"),
        cell(line, "key"),
        cell(line, "value"),
        number(line.path("version"), "version"),
        number(line.path("createdAtMillis"), "createdAtMillis"),
        number(line, "expiresAtMillis", StoredEntry.NEVER),
        number(line, "lastAccessAtMillis", 0),
        number(line, "hits", 0));
  }

  private static Cell cell(JsonNode line, String name) throws BrokenLineException {
    JsonNode node = line.path(name);
    if (node.size() != 1) {
      throw new BrokenLineException(name + " does not have one type");
    }
    if (node.has("text")) {
      return new Cell.Text(text(node, "text"));
    }
    if (node.has("integer")) {
      return new Cell.Whole(number(node.path("integer"), name));
    }
    if (node.has("real")) {
      return new Cell.Real(real(node, name));
    }
    if (node.has("blob")) {
      return new Cell.Blob(bytes(node, "blob"));
    }
    throw new BrokenLineException(name + " has an unknown type");
  }

  private static double real(JsonNode node, String name) throws BrokenLineException {
    try {
      return Double.parseDouble(text(node, "real"));
    } catch (NumberFormatException e) {
      throw new BrokenLineException(name + " is not a number");
    }
  }

  static String text(JsonNode node, String name) throws BrokenLineException {
    JsonNode text = node.path(name);
    if (!text.isTextual()) {
      throw new BrokenLineException(name + " is missing or not a text");
    }
    return text.textValue();
  }

  private static long number(JsonNode node, String name, long absent) throws BrokenLineException {
    return node.has(name) ? number(node.path(name), name) : absent;
  }

  static long number(JsonNode number, String name) throws BrokenLineException {
    if (!number.isIntegralNumber() || !number.canConvertToLong()) {
      throw new BrokenLineException(name + " is missing or not a whole number");
    }
    return number.longValue();
  }

  private static byte[] bytes(JsonNode node, String name) throws BrokenLineException {
    try {
      byte[] bytes = node.path(name).isTextual() ? node.path(name).binaryValue() : null;
      if (bytes != null) {
        return bytes;
      }
    } catch (IOException e) {
      throw new BrokenLineException(name + " is not Base64");
    }
    throw new BrokenLineException(name + " is missing or not Base64");
  }
}
