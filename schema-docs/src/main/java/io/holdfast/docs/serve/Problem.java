package io.holdfast.docs.serve;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a request is not answered as it asked, for the caller to read: no secrets, no stack.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
final class Problem extends Exception {
  private static final long serialVersionUID = 1L;

  private static final Map<Integer, String> TITLES = Map.ofEntries(
      Map.entry(400, "Bad Request"),
      Map.entry(401, "Unauthorized"),
      Map.entry(403, "Forbidden"),
      Map.entry(404, "Not Found"),
      Map.entry(405, "Method Not Allowed"),
      Map.entry(408, "Request Timeout"),
      Map.entry(413, "Content Too Large"),
      Map.entry(415, "Unsupported Media Type"),
      Map.entry(421, "Misdirected Request"),
      Map.entry(500, "Internal Server Error"),
      Map.entry(502, "Bad Gateway"),
      Map.entry(503, "Service Unavailable"));

  private final int status;
  private final String header;
  private final String headerValue;

  private Problem(int status, String detail, String header, String headerValue) {
    super(detail);
    this.status = status;
    this.header = header;
    this.headerValue = headerValue;
  }

  /** Of this status, with a sentence for the caller. */
  static Problem of(int status, String detail) {
    return new Problem(status, detail, "", "");
  }

  /** 503, and when it is worth another try. */
  static Problem unavailable(String detail, int retryAfterSeconds) {
    return new Problem(503, detail, "Retry-After", Integer.toString(retryAfterSeconds));
  }

  Problem with(String name, String value) {
    return new Problem(status, detail(), name, value);
  }

  int status() {
    return status;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  /** A header that goes with it, empty for none. */
  String header() {
    return header;
  }

  String headerValue() {
    return headerValue;
  }

  /** The members of {@code application/problem+json}. */
  Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    members.put("title", TITLES.getOrDefault(status, "Error"));
    members.put("status", status);
    members.put("detail", detail());
    return members;
  }
}
