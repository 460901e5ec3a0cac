package io.holdfast.schema.catalog;

import java.util.List;

/** What PostgreSQL is made to write down of its own DDL: the objects of schema holdfast_watch. */
final class PostgresPushSql {

  /** The schema of our own objects, which is not watched. */
  static final String SCHEMA = "holdfast_watch";

  // Rows are only added: a row that is updated would make transactions with DDL wait for
  // each other, a sequence moves before the commit. One row a transaction is enough. No
  // notification: PostgreSQL does not prepare a transaction that has sent one.
  static final List<String> INSTALL = List.of(
      "CREATE SCHEMA holdfast_watch",
      "GRANT USAGE ON SCHEMA holdfast_watch TO PUBLIC",
      """
      CREATE TABLE holdfast_watch.change (
        transaction_id bigint PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now()
      )""",
      "GRANT SELECT ON holdfast_watch.change TO PUBLIC",
      """
      CREATE FUNCTION holdfast_watch.note() RETURNS event_trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
      AS $note$
      BEGIN
        -- What only concerns temporary objects concerns nobody else.
        IF tg_event = 'ddl_command_end'
           AND EXISTS (SELECT FROM pg_event_trigger_ddl_commands())
           AND NOT EXISTS (SELECT FROM pg_event_trigger_ddl_commands()
                            WHERE schema_name IS DISTINCT FROM 'pg_temp') THEN
          RETURN;
        END IF;
        INSERT INTO holdfast_watch.change (transaction_id)
        VALUES (pg_current_xact_id()::text::bigint)
        ON CONFLICT DO NOTHING;
      EXCEPTION WHEN undefined_table OR invalid_schema_name THEN
        -- Somebody dropped the table by hand: no reason to fail his DDL.
        NULL;
      END
      $note$""",
      """
      CREATE FUNCTION holdfast_watch.prune() RETURNS void
        LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
      AS $prune$
        DELETE FROM holdfast_watch.change WHERE at < now() - interval '1 hour'
      $prune$""",
      "CREATE EVENT TRIGGER holdfast_watch_ddl ON ddl_command_end"
          + " EXECUTE FUNCTION holdfast_watch.note()",
      "CREATE EVENT TRIGGER holdfast_watch_drop ON sql_drop"
          + " EXECUTE FUNCTION holdfast_watch.note()",
      "CREATE EVENT TRIGGER holdfast_watch_rewrite ON table_rewrite"
          + " EXECUTE FUNCTION holdfast_watch.note()",
      // Also for sessions that apply what another server sends.
      "ALTER EVENT TRIGGER holdfast_watch_ddl ENABLE ALWAYS",
      "ALTER EVENT TRIGGER holdfast_watch_drop ENABLE ALWAYS",
      "ALTER EVENT TRIGGER holdfast_watch_rewrite ENABLE ALWAYS");

  static final List<String> UNINSTALL = List.of(
      "DROP EVENT TRIGGER IF EXISTS holdfast_watch_ddl",
      "DROP EVENT TRIGGER IF EXISTS holdfast_watch_drop",
      "DROP EVENT TRIGGER IF EXISTS holdfast_watch_rewrite",
      "DROP FUNCTION IF EXISTS holdfast_watch.note()",
      "DROP FUNCTION IF EXISTS holdfast_watch.prune()",
      "DROP TABLE IF EXISTS holdfast_watch.change",
      "DROP SCHEMA IF EXISTS holdfast_watch");

  // All three triggers, running always, and everything with one owner: he who may create event
  // triggers, that is a superuser. Nobody else can make us believe that nothing changes.
  private static final String INTACT = """
      SELECT count(*) = 3
        FROM pg_event_trigger e
        JOIN pg_proc p ON p.oid = e.evtfoid AND p.proowner = e.evtowner AND p.proname = 'note'
        JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'holdfast_watch'
        JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'change' AND c.relkind = 'r'
                       AND c.relowner = e.evtowner
       WHERE e.evtenabled = 'A'
         AND e.evtname IN ('holdfast_watch_ddl', 'holdfast_watch_drop', 'holdfast_watch_rewrite')
      """;

  static final String IS_INSTALLED = INTACT;

  // A set of random numbers of 64 bits, told by its sum: rows come and are pruned in any order.
  static final String LOG = "SELECT CASE WHEN (" + INTACT + ") THEN ("
      + "SELECT count(*) || ' ' || coalesce(sum(hashint8extended(transaction_id, 0)::numeric), 0)"
      + " FROM holdfast_watch.change) END";

  static final String LONG_SINCE = """
      SELECT count(*) FROM (
        SELECT FROM holdfast_watch.change WHERE at < now() - interval '1 hour' LIMIT 100) old
      """;

  static final String PRUNE = "SELECT holdfast_watch.prune()";

  private PostgresPushSql() {}
}
