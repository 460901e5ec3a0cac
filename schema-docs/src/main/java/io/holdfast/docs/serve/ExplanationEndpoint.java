package io.holdfast.docs.serve;

import io.holdfast.docs.describe.DescriptionException;
import io.holdfast.docs.run.TableDocument;
import io.holdfast.docs.run.TableDocumenter.Documented;
import io.holdfast.docs.serve.Tenants.Located;
import io.holdfast.response.Answer;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * {@code GET /api/tables/{id}/explanation}: the documentation of one table, from the cache or made now.
 *
 * <p>The entity tag is the structure hash and a digest of the bytes: comments, another writer and other
 * tables' references change the text and not the structure, and a strong tag must change with each byte.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110, ETag</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9211">RFC 9211, Cache-Status</a>
 */
final class ExplanationEndpoint implements Endpoint {
  private final Tenants tenants;
  private final MarkdownHtml html = new MarkdownHtml();

  ExplanationEndpoint(Tenants tenants) {
    this.tenants = tenants;
  }

  /** What is answered; nothing in it says how this request came to it. */
  private record Explanation(
      String id,
      String connection,
      String schema,
      String table,
      String kind,
      String structureHash,
      String summary,
      long rows,
      boolean rowsExact,
      String createdAt,
      String writer,
      List<Relation> references,
      List<Relation> referencedBy,
      String markdown,
      String html) {}

  /** A foreign key, seen from one of its ends. */
  private record Relation(String id, String table, List<String> columns) {}

  @Override
  public void answer(Exchange exchange) throws IOException, Problem {
    exchange.mayTakeLong();
    Located located = tenants.locate(exchange.segment());
    Documented documented = document(located);
    SchemaKey key = documented
        .key()
        .orElseThrow(() -> Problem.unavailable(
            "The structure of " + located.table().name() + " is not known for certain now.", 2));
    byte[] body = Exchange.json(explanation(located.tenant(), documented, key));
    String entityTag = EntityTag.of(key.structureHash(), body);
    exchange.answerHeader("ETag", entityTag);
    // Whoever keeps it asks before using it again: nobody is told when a structure changes.
    exchange.answerHeader("Cache-Control", "private, no-cache");
    exchange.answerHeader("Cache-Status", cacheStatus(documented.answer()));
    if (exchange.has(entityTag)) {
      exchange.answer(304);
    } else {
      exchange.answer(200, Exchange.JSON_TYPE, body);
    }
  }

  private static Documented document(Located located) throws Problem {
    TableName table = located.table().name();
    try {
      return located.tenant().documenter().document(table);
    } catch (DescriptionException e) {
      throw Problem.of(502, table + ": " + e.getMessage());
    }
  }

  private Explanation explanation(Tenant tenant, Documented documented, SchemaKey key) {
    TableStructure table = documented.structure();
    TableDocument document = documented.answer().value();
    return new Explanation(
        tenant.id(table.name()).toString(),
        tenant.name(),
        table.name().schema(),
        table.name().name(),
        TablesEndpoint.kind(table),
        key.structureHash(),
        document.summary(),
        document.rowCount(),
        document.rowCountExact(),
        Instant.ofEpochMilli(documented.answer().createdAtMillis()).toString(),
        tenant.byline(),
        table.foreignKeys().stream()
            .map(foreign -> relation(tenant, foreign.references(), foreign.columns()))
            .toList(),
        referencedBy(tenant, table.name()),
        document.markdown(),
        html.render(document.markdown()));
  }

  private static List<Relation> referencedBy(Tenant tenant, TableName table) {
    return tenant.tables().stream()
        .flatMap(other -> other.foreignKeys().stream()
            .filter(foreign -> foreign.references().equals(table))
            .map(foreign -> relation(tenant, other.name(), foreign.columns())))
        .toList();
  }

  private static Relation relation(Tenant tenant, TableName other, List<String> columns) {
    return new Relation(tenant.id(other).toString(), other.toString(), columns);
  }

  /** How our cache answered: read, or made; then for ourselves, or shared with somebody who had asked. */
  static String cacheStatus(Answer<?> answer) {
    return switch (answer.outcome()) {
      case HIT -> "holdfast; hit";
      case SEMANTIC -> "holdfast; hit; detail=semantic";
      case MISS -> "holdfast; fwd=miss; stored";
      case COALESCED -> "holdfast; fwd=miss; collapsed";
      case BYPASSED -> "holdfast; fwd=bypass";
    };
  }
}
