package io.holdfast.response;

import org.jspecify.annotations.Nullable;

/**
 * A canonical text in which one string is left open: the wording of the question. What two calls share
 * here they share in everything but that.
 *
 * <p>The string must be there once. Twice, and a place that is not the question would be open too: a
 * city, a tenant, a language that somebody asks for by its very name.
 */
final class OpenForm {

  private static final String OPEN = "q0:";

  private final String wording;
  private int found;

  private OpenForm(String wording) {
    this.wording = wording;
  }

  /**
   * Both texts with the place left open; null if the wording is not there exactly once.
   *
   * @param parts {@link CanonicalForm#text} of values that were added one after another
   * @param request the same of {@linkplain CanonicalForm#addNamed named} ones, or empty
   * @param openName the one name of the request under which the wording may stand
   */
  static @Nullable String of(String parts, String request, String openName, String wording) {
    var form = new OpenForm(wording);
    var open = new StringBuilder();
    form.values(parts, 0, open);
    if (!request.isEmpty()) {
      var values = new StringBuilder();
      int start = request.indexOf(':') + 1;
      form.entries(request, start, openName, values);
      open.append(tagged('r', values));
    }
    return form.found == 1 ? open.toString() : null;
  }

  private void values(String text, int start, StringBuilder open) {
    int at = start;
    while (at < text.length()) {
      at = value(text, at, open);
    }
  }

  /** Copies names as they are, and values; under other names than this one as they are too. */
  private void entries(String text, int start, @Nullable String openName, StringBuilder open) {
    int at = start;
    while (at < text.length()) {
      int value = end(text, at);
      open.append(text, at, value);
      int next = end(text, value);
      if (openName == null || content(text, at, value).equals(openName)) {
        value(text, value, open);
      } else {
        open.append(text, value, next);
      }
      at = next;
    }
  }

  private int value(String text, int at, StringBuilder open) {
    char tag = text.charAt(at);
    int end = end(text, at);
    String content = content(text, at, end);
    var inner = new StringBuilder();
    switch (tag) {
      case 's' -> {
        if (content.equals(wording)) {
          found++;
          open.append(OPEN);
          return end;
        }
      }
      case 'l', 't' -> values(content, 0, inner);
      case 'o' -> entries(content, 0, null, inner);
      case 'k' -> {
        int fields = content.indexOf('#') + 1;
        inner.append(content, 0, fields);
        entries(content, fields, null, inner);
      }
      default -> {}
    }
    if (inner.isEmpty()) {
      open.append(text, at, end);
    } else {
      open.append(tagged(tag, inner));
    }
    return end;
  }

  private static String tagged(char tag, StringBuilder content) {
    return tag + Integer.toString(content.length()) + ':' + content;
  }

  private static String content(String text, int at, int end) {
    return text.substring(text.indexOf(':', at) + 1, end);
  }

  /** Where the value that begins here ends. */
  private static int end(String text, int at) {
    int colon = text.indexOf(':', at);
    return colon + 1 + Integer.parseInt(text, at + 1, colon, 10);
  }
}
