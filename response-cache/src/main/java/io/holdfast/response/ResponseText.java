package io.holdfast.response;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CachedResponse} as text, for caches whose file a person may read: a head of {@code name:
 * value} lines, an empty line, and the payload as it is.
 *
 * <pre>
 * holdfast-response: 1
 * codec: text
 * created-at-millis: 1700000000000
 * compute-millis: 1234
 * cost: 0.10 USD
 * tokens: 1100 input, 0 cached, 300 output
 * model: gpt-x
 * payload-crc32c: 3632233996
 *
 * The orders table holds …
 * </pre>
 *
 * <p>Not JSON: a payload of many lines stays readable in the {@code sqlite3} shell, and the first
 * answers of a new process do not wait for a parser to load. Head lines of a name that is not known
 * are passed over. The pieces of a streamed answer are a line {@code chunks: length@millis,…}; where their
 * texts do not make up the payload, they follow it, and {@code payload-characters} says where it ends.
 */
public final class ResponseText {

  /** Names this form, for a cache that asks for the format of its values. */
  public static final String FORMAT = "response-text:1";

  private static final String VERSION = "holdfast-response";
  private static final String CODEC = "codec";
  private static final String CREATED_AT_MILLIS = "created-at-millis";
  private static final String EXPIRES_AT_MILLIS = "expires-at-millis";
  private static final String COMPUTE_MILLIS = "compute-millis";
  private static final String COST = "cost";
  private static final String QUESTION = "question";
  private static final String MEANING = "meaning";
  private static final String TOKENS = "tokens";
  private static final String MODEL = "model";
  private static final Pattern TOKEN_COUNTS =
      Pattern.compile("(\\d{1,18}) input, (\\d{1,18}) cached, (\\d{1,18}) output");
  private static final String PAYLOAD_CRC32C = "payload-crc32c";
  private static final String CHUNKS = "chunks";
  private static final String PAYLOAD_CHARACTERS = "payload-characters";
  private static final String END_OF_HEAD = "\n\n";

  private ResponseText() {}

  /**
   * Returns the text.
   *
   * @throws ResponseFormatException if the codec's name or the cost's unit is not one line
   */
  public static String encode(CachedResponse response) {
    var text = new StringBuilder(response.payload().length() + 200);
    line(text, VERSION, Integer.toString(response.formatVersion()));
    line(text, CODEC, response.codec());
    line(text, CREATED_AT_MILLIS, Long.toString(response.createdAtMillis()));
    if (response.expiresAtMillis() != Long.MAX_VALUE) {
      line(text, EXPIRES_AT_MILLIS, Long.toString(response.expiresAtMillis()));
    }
    line(text, COMPUTE_MILLIS, Long.toString(response.computeMillis()));
    Cost cost = response.cost();
    if (cost != null) {
      line(text, COST, cost.amount() + " " + cost.unit());
    }
    Usage usage = response.usage();
    if (usage != null) {
      Tokens tokens = usage.tokens();
      line(
          text,
          TOKENS,
          tokens.input() + " input, " + tokens.cachedInput() + " cached, " + tokens.output()
              + " output");
      line(text, MODEL, usage.model());
    }
    String question = response.question();
    if (question != null) {
      line(text, QUESTION, OneLine.of(question));
    }
    Meaning meaning = response.meaning();
    if (meaning != null) {
      line(text, MEANING, meaning.partition() + " " + meaning.vector());
    }
    line(text, PAYLOAD_CRC32C, Long.toString(response.payloadCrc32c()));
    String chunks = response.chunks();
    String texts = "";
    if (chunks != null) {
      int lineEnd = chunks.indexOf('\n');
      line(text, CHUNKS, lineEnd < 0 ? chunks : chunks.substring(0, lineEnd));
      if (lineEnd >= 0) {
        line(text, PAYLOAD_CHARACTERS, Integer.toString(response.payload().length()));
        texts = chunks.substring(lineEnd + 1);
      }
    }
    return text.append('\n').append(response.payload()).append(texts).toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    if (value.indexOf('\n') >= 0) {
      throw new ResponseFormatException("field " + name + " is not one line");
    }
    text.append(name).append(": ").append(value).append('\n');
  }

  /**
   * Returns the response.
   *
   * @throws ResponseFormatException if the text has no such head; a response of an unknown version is
   *     returned as far as it can be read, {@link CachedResponse#isIntact} tells
   */
  public static CachedResponse decode(String text) {
    int end = text.indexOf(END_OF_HEAD);
    if (end < 0 || !text.startsWith(VERSION)) {
      throw new ResponseFormatException("no head of a response");
    }
    var head = new Head(text, end + 1);
    String expiresAtMillis = head.find(EXPIRES_AT_MILLIS);
    String cost = head.find(COST);
    String chunks = head.find(CHUNKS);
    String question = head.find(QUESTION);
    String payload = text.substring(end + END_OF_HEAD.length());
    String payloadCharacters = head.find(PAYLOAD_CHARACTERS);
    if (chunks != null && payloadCharacters != null) {
      int length = length(payloadCharacters, payload.length());
      chunks += "\n" + payload.substring(length);
      payload = payload.substring(0, length);
    }
    return new CachedResponse(
        version(head.get(VERSION)),
        head.get(CODEC),
        payload,
        number(PAYLOAD_CRC32C, head.get(PAYLOAD_CRC32C)),
        number(CREATED_AT_MILLIS, head.get(CREATED_AT_MILLIS)),
        expiresAtMillis == null ? Long.MAX_VALUE : number(EXPIRES_AT_MILLIS, expiresAtMillis),
        number(COMPUTE_MILLIS, head.get(COMPUTE_MILLIS)),
        cost == null ? null : cost(cost),
        chunks,
        usage(head),
        question == null ? null : OneLine.read(question),
        meaning(head.find(MEANING)));
  }

  /** Null too if it cannot be read: the answer is good without. */
  private static @Nullable Meaning meaning(@Nullable String value) {
    int space = value == null ? -1 : value.indexOf(' ');
    return value == null || space < 1
        ? null
        : new Meaning(value.substring(0, space), value.substring(space + 1));
  }

  /**
   * The lines before the payload.
   *
   * @param end after the line feed of the last line
   */
  private record Head(String text, int end) {

    @Nullable
    String find(String name) {
      int start = 0;
      while (start < end) {
        int lineEnd = text.indexOf('\n', start);
        int value = start + name.length() + 2;
        if (value <= lineEnd
            && text.startsWith(name, start)
            && text.startsWith(": ", start + name.length())) {
          return text.substring(value, lineEnd);
        }
        start = lineEnd + 1;
      }
      return null;
    }

    String get(String name) {
      String value = find(name);
      if (value == null) {
        throw new ResponseFormatException("field " + name + " is missing");
      }
      return value;
    }
  }

  private static int version(String value) {
    long version = number(VERSION, value);
    if (version != (int) version) {
      throw new ResponseFormatException("field " + VERSION + " is not a version");
    }
    return (int) version;
  }

  private static int length(String value, int longest) {
    long length = number(PAYLOAD_CHARACTERS, value);
    if (length < 0 || length > longest) {
      throw new ResponseFormatException("field " + PAYLOAD_CHARACTERS + " is not a length");
    }
    return (int) length;
  }

  private static long number(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      // Without the cause: its message quotes the text.
      throw new ResponseFormatException("field " + name + " is not an integer");
    }
  }

  private static @Nullable Usage usage(Head head) {
    String tokens = head.find(TOKENS);
    if (tokens == null) {
      return null;
    }
    Matcher counts = TOKEN_COUNTS.matcher(tokens);
    if (!counts.matches()) {
      throw new ResponseFormatException("field " + TOKENS + " is no count of tokens");
    }
    try {
      return new Usage(
          head.get(MODEL),
          new Tokens(
              Long.parseLong(counts.group(1)),
              Long.parseLong(counts.group(2)),
              Long.parseLong(counts.group(3))));
    } catch (IllegalArgumentException e) {
      throw new ResponseFormatException("field " + TOKENS + " is no count of tokens");
    }
  }

  private static Cost cost(String value) {
    int space = value.indexOf(' ');
    try {
      return new Cost(
          new BigDecimal(value.substring(0, Math.max(space, 0))), value.substring(space + 1));
    } catch (IllegalArgumentException e) {
      throw new ResponseFormatException("field " + COST + " is not an amount of a unit");
    }
  }
}
