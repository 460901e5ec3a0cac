package io.holdfast.schema.catalog;

import java.util.List;
import java.util.stream.Collectors;

/** What PostgreSQL is asked to see whether anything changed, and what stands in the way of reading. */
final class PostgresProbeSql {

  private PostgresProbeSql() {}

  // Every catalog that the stamps look into, the user's rows only where that can be told cheaply.
  private static final List<String> CATALOGS = List.of(
      "pg_class WHERE oid >= 16384",
      "pg_attribute WHERE attrelid >= 16384 AND attnum > 0",
      "pg_attrdef",
      "pg_constraint",
      "pg_index WHERE indrelid >= 16384",
      "pg_trigger",
      "pg_rewrite WHERE ev_class >= 16384",
      "pg_policy",
      "pg_inherits",
      "pg_partitioned_table",
      "pg_foreign_table",
      "pg_sequence",
      "pg_namespace",
      "pg_enum",
      "pg_type WHERE oid >= 16384 AND typtype IN ('e', 'd')",
      "pg_proc WHERE oid >= 16384");

  // The sums of PostgresSql.STAMPS without telling the relations apart, which is what costs there:
  // scans without a join. An inserted or updated row has the xmin of a transaction that was not
  // visible before, a deleted one is missing in the number.
  static final String DIGEST = CATALOGS.stream()
      .map(catalog -> """
          (SELECT count(*) || '/' || coalesce(sum(CASE WHEN age(xmin) = 2147483647 THEN 0
                  ELSE age('3'::xid)::bigint - age(xmin) END), 0) FROM %s)""".formatted(catalog))
      .collect(Collectors.joining(",\n", "SELECT concat_ws(' ',\n", ")"));

  // DDL is allowed in volatile functions only. Those that have its words in their text, or whose
  // language keeps it from us, dblink, then whatever mentions these, the tables with such a
  // trigger and the tables above them. Not seen: an automatically updatable view over such a
  // table, a foreign key that cascades into it.
  static final String HIDING_PLACES = """
      WITH RECURSIVE candidate AS (
        SELECT p.oid, p.proname::text AS name, l.lanname AS language, p.prosrc AS body
          FROM pg_proc p
          JOIN pg_language l ON l.oid = p.prolang
         WHERE p.oid >= 16384 AND p.provolatile = 'v' AND p.prokind IN ('f', 'p')
           AND (l.lanname NOT IN ('internal', 'c') OR p.proname LIKE 'dblink%')
           AND p.pronamespace::regnamespace::text <> 'holdfast_watch'
      ), hiding (kind, oid, name) AS (
        SELECT 'f', oid, name
          FROM candidate
         WHERE language NOT IN ('sql', 'plpgsql')
            OR body ~* '\\m(create|alter|drop|truncate|execute|refresh|import|call|dblink\\w*)\\M'
        UNION
        SELECT more.kind, more.oid, more.name
          FROM hiding h
          JOIN LATERAL (
            SELECT 'f' AS kind, c.oid, c.name
              FROM candidate c
             WHERE c.body ~* ('\\m' || regexp_replace(h.name, '(\\W)', '\\\\\\1', 'g') || '\\M')
            UNION ALL
            SELECT 't', t.tgrelid, k.relname::text
              FROM pg_trigger t
              JOIN pg_class k ON k.oid = t.tgrelid
             WHERE h.kind = 'f' AND t.tgfoid = h.oid AND NOT t.tgisinternal
            UNION ALL
            SELECT 't', i.inhparent, k.relname::text
              FROM pg_inherits i
              JOIN pg_class k ON k.oid = i.inhparent
             WHERE h.kind = 't' AND i.inhrelid = h.oid
          ) more ON true
      )
      SELECT DISTINCT name FROM hiding
      """;

  // pg_get_indexdef, pg_get_constraintdef, pg_get_viewdef and pg_get_expr
  // open the relation, and wait for whoever holds it, or is first in the
  // queue for it, exclusively. A view is in the way if what it reads is.
  static final String LOCKED = """
      WITH held (oid) AS (
        SELECT coalesce(i.indrelid, l.relation)
          FROM pg_locks l
          LEFT JOIN pg_index i ON i.indexrelid = l.relation
         WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
           AND l.pid IS DISTINCT FROM pg_backend_pid()
           AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      ), blocked (oid) AS (
        SELECT oid FROM held
        UNION
        SELECT r.ev_class
          FROM held
          JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = held.oid
                          AND d.classid = 'pg_rewrite'::regclass
          JOIN pg_rewrite r ON r.oid = d.objid
      )
      SELECT n.nspname, c.relname
        FROM blocked b
        JOIN pg_class c ON c.oid = b.oid
        JOIN pg_namespace n ON n.oid = c.relnamespace
      """;
}
