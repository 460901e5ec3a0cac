package io.holdfast.schema.catalog;

/**
 * The catalog queries of PostgreSQL 13 to 18. Those that read tables take two text arrays, schemas and
 * names, of equal length.
 */
final class PostgresSql {

  private PostgresSql() {}

  // The texts of pg_get_expr and its kin depend on every one of these; lock_timeout because some of
  // them take a lock that a running ALTER TABLE holds until its commit.
  static final String PIN = """
      SELECT set_config('search_path', 'pg_catalog', false),
             set_config('quote_all_identifiers', 'off', false),
             set_config('datestyle', 'ISO, YMD', false),
             set_config('intervalstyle', 'postgres', false),
             set_config('timezone', 'UTC', false),
             set_config('extra_float_digits', '1', false),
             set_config('bytea_output', 'hex', false),
             set_config('lock_timeout', '100ms', false),
             set_config('statement_timeout', '30s', false),
             set_config('default_transaction_read_only', 'on', false)
      """;

  // A transaction that changes a catalog has an id, so its end moves the snapshot: visible changes
  // only, and none is seen before it is visible. The WAL position alone would not do: the commit
  // record is written before the commit is visible. On a standby the snapshot's list is not kept
  // in the part that is printed, and the replay position (moved after the effect) takes its place.
  static final String TOKEN = """
      SELECT CASE WHEN pg_is_in_recovery()
                  THEN pg_last_wal_replay_lsn()::text || ' ' || pg_current_snapshot()::text
                  ELSE pg_current_snapshot()::text END
      """;

  private static final String USERS_OWN = """
      c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND n.nspname <> 'information_schema'
      AND n.nspname <> 'holdfast_watch'
      AND n.nspname !~ '^pg_(catalog|toast|temp_|toast_temp_)'
      """;

  // One row a relation: its oid and file, then number and sum of the xmin of all catalog rows
  // that describe it. xmin of a changed row is the changing transaction; a removed row changes
  // the number. An xid has no arithmetic but age(), counted from the current one: the distance
  // of two ages is constant. Its largest value stands for rows as old as the server itself.
  static final String STAMPS = """
      WITH special (oid, n, x) AS (
        SELECT t.oid, count(*),
               sum(CASE WHEN age(d.x) = 2147483647 THEN 0
                        ELSE age('3'::xid)::bigint - age(d.x) END)
          FROM pg_type t
          JOIN pg_type u ON u.oid = CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE t.oid END
          JOIN LATERAL (SELECT u.xmin AS x
                        UNION ALL SELECT e.xmin FROM pg_enum e WHERE e.enumtypid = u.oid
                        UNION ALL SELECT k.xmin FROM pg_constraint k WHERE k.contypid = u.oid) d
            ON true
         WHERE u.typtype IN ('e', 'd') AND u.oid >= 16384
         GROUP BY t.oid
      ), part (rel, n, x) AS (
        SELECT rel, count(*),
               sum(CASE WHEN age(x) = 2147483647 THEN 0
                        ELSE age('3'::xid)::bigint - age(x) END)
          FROM (
            SELECT attrelid, xmin FROM pg_attribute WHERE attrelid >= 16384 AND attnum > 0
            UNION ALL SELECT adrelid, xmin FROM pg_attrdef
            UNION ALL SELECT conrelid, xmin FROM pg_constraint WHERE conrelid <> 0
            UNION ALL SELECT indrelid, xmin FROM pg_index WHERE indrelid >= 16384
            UNION ALL SELECT i.indrelid, ic.xmin
                        FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid
                       WHERE i.indrelid >= 16384
            UNION ALL SELECT tgrelid, xmin FROM pg_trigger
            UNION ALL SELECT ev_class, xmin FROM pg_rewrite WHERE ev_class >= 16384
            UNION ALL SELECT polrelid, xmin FROM pg_policy
            UNION ALL SELECT inhrelid, xmin FROM pg_inherits
            UNION ALL SELECT inhparent, xmin FROM pg_inherits
            UNION ALL SELECT partrelid, xmin FROM pg_partitioned_table
            UNION ALL SELECT ftrelid, xmin FROM pg_foreign_table
            UNION ALL SELECT d.refobjid, s.xmin
                        FROM pg_sequence s
                        JOIN pg_depend d
                          ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid
                         AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
          ) AS row (rel, x)
         GROUP BY rel
      )
      SELECT n.nspname, c.relname,
             concat_ws(':', c.oid, c.relfilenode, c.xmin, n.xmin, part.n, part.x,
                       (SELECT sum(special.n) || '/' || sum(special.x)
                          FROM pg_attribute a JOIN special ON special.oid = a.atttypid
                         WHERE a.attrelid = c.oid AND EXISTS (SELECT FROM special))) AS stamp
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN part ON part.rel = c.oid
       WHERE\s""" + USERS_OWN;

  // The same for one relation, schema and name; by indexes,
  // since the planner carries its oid into the sums.
  static final String STAMP =
      STAMPS + " AND c.oid = to_regclass(quote_ident(?) || '.' || quote_ident(?))";

  private static final String WANTED = """
      WITH wanted AS (
        SELECT c.oid, c.relname, n.nspname
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN unnest(?::text[], ?::text[]) AS w (s, t) ON w.s = n.nspname AND w.t = c.relname
         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      )
      """;

  static final String RELATIONS = WANTED + """
      SELECT c.oid, w.nspname, w.relname, c.relkind, c.relpersistence, c.relrowsecurity,
             c.relforcerowsecurity, c.oid || ':' || c.relfilenode AS incarnation,
             CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS body,
             CASE WHEN c.relkind = 'v' THEN array_to_string(c.reloptions, ',') END AS view_options,
             CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
             CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS partition_bound,
             CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END AS of_type,
             fs.srvname AS server, array_to_string(ft.ftoptions, ',') AS server_options,
             obj_description(c.oid, 'pg_class') AS comment
        FROM wanted w
        JOIN pg_class c ON c.oid = w.oid
        LEFT JOIN pg_foreign_table ft ON ft.ftrelid = c.oid
        LEFT JOIN pg_foreign_server fs ON fs.oid = ft.ftserver
      """;

  static final String COLUMNS = WANTED + """
      SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
             pg_get_expr(d.adbin, d.adrelid) AS expression, a.attidentity, a.attgenerated,
             CASE WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0
                  THEN (SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
                          FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
                         WHERE co.oid = a.attcollation) END AS collation,
             t.typcategory, col_description(a.attrelid, a.attnum) AS comment
        FROM wanted w
        JOIN pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       ORDER BY a.attrelid, a.attnum
      """;

  // contype n, NOT NULL as a constraint, exists from
  // PostgreSQL 18 on and would set the versions apart.
  static final String CONSTRAINTS = WANTED + """
      SELECT k.conrelid, k.conname, k.contype, pg_get_constraintdef(k.oid) AS definition,
             own.names AS columns, own.quoted AS quoted_columns,
             fn.nspname AS ref_schema, fc.relname AS ref_table, ref.names AS ref_columns,
             quote_ident(fn.nspname) || '.' || quote_ident(fc.relname)
               || '(' || ref.quoted || ')' AS quoted_reference
        FROM wanted w
        JOIN pg_constraint k ON k.conrelid = w.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')
        LEFT JOIN LATERAL (
          SELECT array_agg(a.attname::text ORDER BY u.i) AS names,
                 string_agg(quote_ident(a.attname), ', ' ORDER BY u.i) AS quoted
            FROM unnest(k.conkey) WITH ORDINALITY AS u (num, i)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num) own ON true
        LEFT JOIN LATERAL (
          SELECT array_agg(a.attname::text ORDER BY u.i) AS names,
                 string_agg(quote_ident(a.attname), ', ' ORDER BY u.i) AS quoted
            FROM unnest(k.confkey) WITH ORDINALITY AS u (num, i)
            JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num) ref ON true
        LEFT JOIN pg_class fc ON fc.oid = k.confrelid AND k.contype = 'f'
        LEFT JOIN pg_namespace fn ON fn.oid = fc.relnamespace
      """;

  static final String INDEXES = WANTED + """
      SELECT i.indrelid, ic.relname, i.indisunique, i.indisvalid,
             pg_get_indexdef(i.indexrelid) AS definition,
             quote_ident(ic.relname) AS quoted_name,
             quote_ident(w.nspname) || '.' || quote_ident(w.relname) AS quoted_table
        FROM wanted w
        JOIN pg_index i ON i.indrelid = w.oid
        JOIN pg_class ic ON ic.oid = i.indexrelid
       WHERE NOT EXISTS (SELECT FROM pg_constraint k
                          WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid
                            AND k.contype IN ('p', 'u', 'x'))
      """;

  static final String EXTRAS = WANTED + """
      SELECT t.tgrelid AS rel, 'trigger' AS kind, t.tgname::text AS name,
             replace(pg_get_triggerdef(t.oid),
                     ' ON ' || quote_ident(w.nspname) || '.' || quote_ident(w.relname) || ' ',
                     ' ON itself ')
               || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' [enabled=' || t.tgenabled::text || ']' END
               AS definition
        FROM wanted w JOIN pg_trigger t ON t.tgrelid = w.oid AND NOT t.tgisinternal
      UNION ALL
      SELECT r.ev_class, 'rule', r.rulename::text,
             pg_get_ruledef(r.oid)
               || CASE r.ev_enabled WHEN 'O' THEN '' ELSE ' [enabled=' || r.ev_enabled::text || ']' END
        FROM wanted w JOIN pg_rewrite r ON r.ev_class = w.oid AND r.rulename <> '_RETURN'
      UNION ALL
      SELECT p.polrelid, 'policy', p.polname::text,
             CASE WHEN p.polpermissive THEN 'permissive ' ELSE 'restrictive ' END || p.polcmd::text
               || ' to ' || coalesce((SELECT string_agg(quote_ident(rolname), ', ' ORDER BY rolname)
                                        FROM pg_roles WHERE oid = ANY (p.polroles)), 'public')
               || coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), '')
               || coalesce(' with check ' || pg_get_expr(p.polwithcheck, p.polrelid), '')
        FROM wanted w JOIN pg_policy p ON p.polrelid = w.oid
      UNION ALL
      SELECT i.inhrelid, 'parent', pn.nspname || '.' || pc.relname, 'position ' || i.inhseqno
        FROM wanted w
        JOIN pg_inherits i ON i.inhrelid = w.oid
        JOIN pg_class pc ON pc.oid = i.inhparent
        JOIN pg_namespace pn ON pn.oid = pc.relnamespace
      UNION ALL
      SELECT d.refobjid, 'sequence', sc.relname::text,
             format_type(s.seqtypid, NULL) || ' start ' || s.seqstart || ' increment ' || s.seqincrement
               || ' min ' || s.seqmin || ' max ' || s.seqmax || ' cache ' || s.seqcache
               || CASE WHEN s.seqcycle THEN ' cycle' ELSE '' END
               || ' for ' || quote_ident(a.attname)
        FROM wanted w
        JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = w.oid
                        AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        JOIN pg_sequence s ON s.seqrelid = d.objid
        JOIN pg_class sc ON sc.oid = s.seqrelid
        JOIN pg_attribute a ON a.attrelid = w.oid AND a.attnum = d.refobjsubid
      UNION ALL
      SELECT DISTINCT a.attrelid, 'type', format_type(u.oid, NULL),
             CASE u.typtype
               WHEN 'e' THEN (SELECT 'enum (' || string_agg(quote_literal(e.enumlabel), ', '
                                                             ORDER BY e.enumsortorder) || ')'
                                FROM pg_enum e WHERE e.enumtypid = u.oid)
               ELSE 'domain over ' || format_type(u.typbasetype, u.typtypmod)
                    || CASE WHEN u.typnotnull THEN ' not null' ELSE '' END
                    || coalesce(' default ' || u.typdefault, '')
                    || coalesce((SELECT string_agg(' ' || pg_get_constraintdef(k.oid), ''
                                                   ORDER BY k.conname)
                                   FROM pg_constraint k
                                  WHERE k.contypid = u.oid AND k.contype = 'c'), '')
             END
        FROM wanted w
        JOIN pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type t ON t.oid = a.atttypid
        JOIN pg_type u ON u.oid = CASE WHEN t.typelem <> 0 AND t.typcategory = 'A'
                                       THEN t.typelem ELSE t.oid END
       WHERE u.typtype IN ('e', 'd')
      """;

  // An owner's privileges are the owner's whatever his name; what
  // nobody granted or revoked reads as if it had been granted.
  static final String PRIVILEGES = WANTED + """
      SELECT w.oid AS rel, x.privilege_type || ' to '
               || CASE x.grantee WHEN c.relowner THEN 'the owner' WHEN 0 THEN 'public'
                                 ELSE quote_ident(pg_get_userbyid(x.grantee)) END
               || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END AS privilege
        FROM wanted w
        JOIN pg_class c ON c.oid = w.oid
        CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS x
      UNION ALL
      SELECT w.oid, x.privilege_type || ' (' || quote_ident(a.attname) || ') to '
               || CASE x.grantee WHEN c.relowner THEN 'the owner' WHEN 0 THEN 'public'
                                 ELSE quote_ident(pg_get_userbyid(x.grantee)) END
               || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END
        FROM wanted w
        JOIN pg_class c ON c.oid = w.oid
        JOIN pg_attribute a ON a.attrelid = w.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped
        CROSS JOIN LATERAL aclexplode(a.attacl) AS x
      """;

  static final String READS = WANTED + """
      SELECT w.oid AS rel, rn.nspname, rc.relname
        FROM wanted w
        JOIN pg_inherits i ON i.inhparent = w.oid
        JOIN pg_class rc ON rc.oid = i.inhrelid
        JOIN pg_namespace rn ON rn.oid = rc.relnamespace
      UNION
      SELECT w.oid, rn.nspname, rc.relname
        FROM wanted w
        JOIN pg_rewrite r ON r.ev_class = w.oid
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                        AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> w.oid
        JOIN pg_class rc ON rc.oid = d.refobjid AND rc.relkind IN ('r', 'p', 'v', 'm', 'f')
        JOIN pg_namespace rn ON rn.oid = rc.relnamespace
      """;
}
