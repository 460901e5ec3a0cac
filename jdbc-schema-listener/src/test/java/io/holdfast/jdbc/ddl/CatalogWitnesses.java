package io.holdfast.jdbc.ddl;

import java.util.List;

/** What to ask each server for. */
final class CatalogWitnesses {

  static final CatalogWitness MARIADB = new CatalogWitness(
      /* pinsSearchPath= */ false,
      "SELECT schema_name FROM information_schema.schemata WHERE schema_name"
          + " NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')",
      List.of(
          "SELECT table_schema, table_name, table_type FROM information_schema.tables"
              + " WHERE table_type <> 'TEMPORARY' AND table_schema = :schema",
          """
          SELECT c.table_schema, c.table_name, c.column_name, ordinal_position, column_default,
                 is_nullable, column_type, collation_name, extra, generation_expression
          FROM information_schema.columns c
          JOIN information_schema.tables t
            ON t.table_schema = c.table_schema AND t.table_name = c.table_name
          WHERE t.table_type <> 'TEMPORARY' AND t.table_schema = :schema AND c.table_schema = :schema""",
          """
          SELECT table_schema, table_name, index_name, non_unique, seq_in_index, column_name,
                 collation, sub_part, index_type, ignored
          FROM information_schema.statistics WHERE table_schema = :schema""",
          """
          SELECT constraint_schema, table_name, constraint_name, constraint_type
          FROM information_schema.table_constraints WHERE constraint_schema = :schema""",
          """
          SELECT constraint_schema, table_name, constraint_name, unique_constraint_schema,
                 referenced_table_name, update_rule, delete_rule
          FROM information_schema.referential_constraints WHERE constraint_schema = :schema""",
          """
          SELECT constraint_schema, table_name, constraint_name, column_name, ordinal_position,
                 referenced_table_schema, referenced_table_name, referenced_column_name
          FROM information_schema.key_column_usage WHERE constraint_schema = :schema""",
          """
          SELECT constraint_schema, table_name, constraint_name, check_clause
          FROM information_schema.check_constraints WHERE constraint_schema = :schema""",
          "SELECT table_schema, table_name, view_definition, check_option, security_type"
              + " FROM information_schema.views WHERE table_schema = :schema",
          """
          SELECT trigger_schema, trigger_name, event_manipulation, event_object_table,
                 action_order, action_timing, action_statement
          FROM information_schema.triggers WHERE trigger_schema = :schema""",
          """
          SELECT table_schema, table_name, partition_name, subpartition_name,
                 partition_ordinal_position, partition_method, subpartition_method,
                 partition_expression, subpartition_expression, partition_description
          FROM information_schema.partitions
          WHERE partition_name IS NOT NULL AND table_schema = :schema"""),
      List.of(
          "SELECT table_schema, table_name, table_type, engine, create_options, table_comment"
              + ", table_collation FROM information_schema.tables"
              + " WHERE table_type <> 'VIEW' AND table_schema = :schema",
          "SELECT table_schema, table_name, column_name, column_comment"
              + " FROM information_schema.columns WHERE table_schema = :schema",
          "SELECT table_schema, table_name, definer FROM information_schema.views"
              + " WHERE table_schema = :schema",
          "SELECT routine_schema, routine_name, routine_type, routine_definition, definer,"
              + " sql_data_access, security_type, routine_comment, dtd_identifier, last_altered"
              + " FROM information_schema.routines WHERE routine_schema = :schema",
          "SELECT event_schema, event_name, event_definition, status, definer, interval_value"
              + ", last_altered FROM information_schema.events",
          "SELECT host, user, priv FROM mysql.global_priv",
          "SELECT * FROM mysql.db",
          "SELECT host, db, user, table_name, grantor, table_priv, column_priv"
              + " FROM mysql.tables_priv",
          "SELECT host, db, user, table_name, column_name, column_priv FROM mysql.columns_priv",
          "SELECT host, db, user, routine_name, routine_type, proc_priv FROM mysql.procs_priv",
          "SELECT * FROM mysql.roles_mapping",
          "SELECT * FROM mysql.servers",
          "SELECT name, ret, dl FROM mysql.func",
          "SELECT plugin_name, plugin_status FROM information_schema.plugins",
          "SELECT schema_name, default_character_set_name, default_collation_name, schema_comment"
              + " FROM information_schema.schemata"));

  static final CatalogWitness POSTGRESQL = new CatalogWitness(
      /* pinsSearchPath= */ true,
      "",
      List.of("""
          SELECT n.nspname, relname, relkind, relpersistence,
                 relrowsecurity, relforcerowsecurity, relreplident, reloftype::regtype,
                 pg_get_expr(relpartbound, c.oid), pg_get_partkeydef(c.oid), pg_get_viewdef(c.oid)
          FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
          WHERE relpersistence <> 't' AND nspname NOT LIKE 'pg\\_%'
            AND nspname <> 'information_schema' AND relkind IN ('r', 'v', 'm', 'p', 'f', 'S')""", """
          SELECT attrelid::regclass::text, row_number() OVER (PARTITION BY attrelid ORDER BY attnum),
                 attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
                 attcollation::regcollation, attislocal, attinhcount, pg_get_expr(adbin, adrelid)
          FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
          JOIN pg_namespace n ON n.oid = relnamespace
          LEFT JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum
          WHERE attnum > 0 AND NOT attisdropped AND relpersistence <> 't'
            AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
            AND relkind IN ('r', 'v', 'm', 'p', 'f')""", """
          SELECT conrelid::regclass::text, conname, contype, convalidated, condeferrable,
                 condeferred, conislocal, coninhcount, connoinherit, pg_get_constraintdef(o.oid)
          FROM pg_constraint o JOIN pg_class c ON c.oid = conrelid
          WHERE relpersistence <> 't'""", """
          SELECT i.indrelid::regclass::text,
                 regexp_replace(pg_get_indexdef(i.indexrelid), ' WITH [(].*?[)]', ''),
                 indisvalid, indisunique,
                 indisprimary, indisreplident, inhparent::regclass
          FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
          JOIN pg_namespace n ON n.oid = relnamespace
          LEFT JOIN pg_inherits h ON h.inhrelid = i.indexrelid
          WHERE relpersistence <> 't' AND nspname NOT LIKE 'pg\\_%'""", """
          SELECT tgrelid::regclass::text, tgname, tgenabled, pg_get_triggerdef(t.oid),
                 obj_description(t.oid, 'none')
          FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
          WHERE NOT tgisinternal AND relpersistence <> 't'""", """
          SELECT ev_class::regclass::text, rulename, ev_enabled, pg_get_ruledef(r.oid)
          FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class
          JOIN pg_namespace n ON n.oid = relnamespace
          WHERE rulename <> '_RETURN' AND relpersistence <> 't'
            AND nspname NOT IN ('pg_catalog', 'information_schema')""", """
          SELECT polrelid::regclass::text, polname, polcmd, polpermissive,
                 ARRAY(SELECT r::regrole::text FROM unnest(polroles) r),
                 pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)
          FROM pg_policy""", """
          SELECT seqrelid::regclass::text, seqtypid::regtype, seqstart, seqincrement, seqmax,
                 seqmin, seqcache, seqcycle
          FROM pg_sequence s JOIN pg_class c ON c.oid = seqrelid WHERE relpersistence <> 't'""", """
          SELECT inhrelid::regclass::text, inhparent::regclass::text, inhseqno, inhdetachpending
          FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
          WHERE relpersistence <> 't' AND relkind <> 'i'""", """
          SELECT ftrelid::regclass::text, srvname, ftoptions
          FROM pg_foreign_table JOIN pg_foreign_server s ON s.oid = ftserver"""),
      List.of(
          "SELECT c.oid::regclass::text, relkind, relpersistence, relowner::regrole, reloptions,"
              + " relacl, reltablespace, relam FROM pg_class c",
          "SELECT attrelid::regclass::text, attname, atttypid::regtype, attstattarget, attstorage,"
              + " attcompression, attoptions, attfdwoptions, attacl, attnotnull"
              + " FROM pg_attribute WHERE attnum > 0",
          "SELECT oid, proname, proowner, prolang, prosecdef, proacl, prosrc, proconfig, procost,"
              + " provolatile, proisstrict, proleakproof, proparallel, pronamespace FROM pg_proc"
              + " WHERE oid >= 16384 OR proacl IS NOT NULL",
          "SELECT oid, typname, typnamespace, typowner, typnotnull, typdefault, typacl"
              + " FROM pg_type WHERE oid >= 16384 OR typacl IS NOT NULL",
          "SELECT * FROM pg_enum",
          "SELECT oid, rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin,"
              + " rolreplication, rolconnlimit, rolpassword, rolvaliduntil, rolbypassrls"
              + " FROM pg_authid",
          "SELECT roleid, member, grantor, admin_option, inherit_option, set_option"
              + " FROM pg_auth_members",
          "SELECT * FROM pg_db_role_setting",
          "SELECT oid, nspname, nspowner, nspacl FROM pg_namespace",
          "SELECT oid, extname, extversion, extnamespace FROM pg_extension",
          "SELECT * FROM pg_description WHERE objoid >= 16384 OR classoid = 'pg_trigger'::regclass",
          "SELECT * FROM pg_shdescription",
          "SELECT * FROM pg_seclabel",
          "SELECT oid, collname, collnamespace, collowner, collversion FROM pg_collation"
              + " WHERE oid >= 16384",
          "SELECT oid, oprname, oprowner, oprrest, oprjoin, oprcom, oprnegate FROM pg_operator"
              + " WHERE oid >= 16384",
          "SELECT * FROM pg_opclass WHERE oid >= 16384",
          "SELECT * FROM pg_opfamily WHERE oid >= 16384",
          "SELECT * FROM pg_amop WHERE oid >= 16384",
          "SELECT * FROM pg_amproc WHERE oid >= 16384",
          "SELECT * FROM pg_am",
          "SELECT * FROM pg_cast WHERE oid >= 16384",
          "SELECT * FROM pg_conversion WHERE oid >= 16384",
          "SELECT * FROM pg_language",
          "SELECT * FROM pg_transform",
          "SELECT * FROM pg_aggregate WHERE aggfnoid::oid >= 16384",
          "SELECT * FROM pg_foreign_data_wrapper",
          "SELECT * FROM pg_foreign_server",
          "SELECT * FROM pg_user_mapping",
          "SELECT * FROM pg_event_trigger",
          "SELECT * FROM pg_publication",
          "SELECT * FROM pg_publication_rel",
          "SELECT * FROM pg_publication_namespace",
          "SELECT subname, subenabled, subpublications FROM pg_subscription",
          "SELECT oid, stxname, stxkeys, stxstattarget, stxowner FROM pg_statistic_ext",
          "SELECT * FROM pg_ts_config WHERE oid >= 16384",
          "SELECT * FROM pg_ts_config_map WHERE mapcfg >= 16384",
          "SELECT * FROM pg_ts_dict WHERE oid >= 16384",
          "SELECT * FROM pg_ts_parser WHERE oid >= 16384",
          "SELECT * FROM pg_ts_template WHERE oid >= 16384",
          "SELECT * FROM pg_default_acl",
          "SELECT oid, datname, datdba, datacl, datallowconn, datconnlimit FROM pg_database",
          "SELECT * FROM pg_tablespace",
          "SELECT oid, lomowner, lomacl FROM pg_largeobject_metadata",
          "SELECT * FROM pg_rewrite WHERE oid >= 16384",
          "SELECT tgrelid, tgname, tgenabled FROM pg_trigger",
          "SELECT indexrelid, indisclustered FROM pg_index"));

  /** Not the tables in which ANALYZE keeps its statistics, and which come with the first. */
  static final CatalogWitness SQLITE = new CatalogWitness(
      /* pinsSearchPath= */ false,
      "SELECT name FROM pragma_database_list WHERE name <> 'temp'",
      List.of("SELECT :schema, type, name, tbl_name, sql FROM :schema.sqlite_schema"
          + " WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'"),
      List.of(
          "SELECT type, name, tbl_name, sql FROM sqlite_temp_schema",
          "SELECT name FROM pragma_database_list",
          "SELECT user_version FROM pragma_user_version",
          "SELECT application_id FROM pragma_application_id"));

  static final CatalogWitness H2 = new CatalogWitness(
      /* pinsSearchPath= */ false,
      "",
      List.of(
          """
          SELECT table_schema, table_name, table_type, storage_type FROM information_schema.tables
          WHERE table_schema <> 'INFORMATION_SCHEMA' AND storage_type <> 'LOCAL TEMPORARY'""",
          """
          SELECT c.table_schema, c.table_name, column_name, ordinal_position, column_default,
                 is_nullable, data_type, character_maximum_length, numeric_precision, numeric_scale,
                 datetime_precision, domain_schema, domain_name, collation_name, is_identity,
                 identity_generation, identity_increment, identity_start, identity_maximum,
                 identity_minimum, identity_cycle, is_generated, generation_expression,
                 column_on_update, is_visible, default_on_null, geometry_type, geometry_srid
          FROM information_schema.columns c JOIN information_schema.tables t
            ON t.table_schema = c.table_schema AND t.table_name = c.table_name
          WHERE c.table_schema <> 'INFORMATION_SCHEMA' AND storage_type <> 'LOCAL TEMPORARY'""",
          """
          SELECT v.object_schema, v.object_name, v.object_type, v.enum_identifier, value_name,
                 value_ordinal
          FROM information_schema.enum_values v WHERE v.object_type <> 'DOMAIN'""",
          """
          SELECT constraint_schema, constraint_name, constraint_type, table_schema, table_name,
                 nulls_distinct, enforced
          FROM information_schema.table_constraints""",
          """
          SELECT constraint_schema, constraint_name, table_name, column_name, ordinal_position,
                 position_in_unique_constraint
          FROM information_schema.key_column_usage""",
          """
          SELECT constraint_schema, constraint_name, unique_constraint_name, update_rule,
                 delete_rule, match_option
          FROM information_schema.referential_constraints""",
          "SELECT constraint_schema, constraint_name, check_clause"
              + " FROM information_schema.check_constraints c"
              + " WHERE NOT EXISTS (SELECT 1 FROM information_schema.domain_constraints d"
              + " WHERE d.constraint_name = c.constraint_name"
              + " AND d.constraint_schema = c.constraint_schema)",
          """
          SELECT i.index_schema, i.index_name, i.table_name, index_type_name, is_generated,
                 nulls_distinct, column_name, ordinal_position, ordering_specification, is_unique
          FROM information_schema.indexes i JOIN information_schema.index_columns c
            ON c.index_schema = i.index_schema AND c.index_name = i.index_name
          JOIN information_schema.tables t
            ON t.table_schema = i.table_schema AND t.table_name = i.table_name
          WHERE storage_type <> 'LOCAL TEMPORARY'""",
          "SELECT table_schema, table_name, view_definition FROM information_schema.views",
          """
          SELECT trigger_schema, trigger_name, event_manipulation, event_object_table,
                 action_timing, action_orientation, java_class
          FROM information_schema.triggers""",
          """
          SELECT sequence_schema, sequence_name, data_type, start_value, minimum_value,
                 maximum_value, increment, cycle_option, cache, declared_data_type
          FROM information_schema.sequences""",
          "SELECT synonym_schema, synonym_name, synonym_for_schema, synonym_for,"
              + " type_name FROM information_schema.synonyms"),
      List.of(
          "SELECT table_schema, table_name, storage_type, remarks FROM information_schema.tables"
              + " WHERE table_schema <> 'INFORMATION_SCHEMA'",
          "SELECT table_schema, table_name, column_name, remarks, data_type, column_default,"
              + " is_nullable, selectivity FROM information_schema.columns"
              + " WHERE table_schema <> 'INFORMATION_SCHEMA'",
          "SELECT schema_name, schema_owner, remarks FROM information_schema.schemata",
          "SELECT specific_schema, specific_name, routine_name, routine_type, routine_definition,"
              + " external_name, remarks FROM information_schema.routines",
          "SELECT domain_schema, domain_name, data_type, domain_default, domain_on_update,"
              + " numeric_precision, character_maximum_length, remarks"
              + " FROM information_schema.domains",
          "SELECT d.domain_schema, d.domain_name, d.constraint_name, check_clause"
              + " FROM information_schema.domain_constraints d JOIN"
              + " information_schema.check_constraints c"
              + " ON c.constraint_schema = d.constraint_schema"
              + " AND c.constraint_name = d.constraint_name",
          "SELECT constant_schema, constant_name, value_definition, remarks"
              + " FROM information_schema.constants",
          "SELECT user_name, is_admin, remarks FROM information_schema.users",
          "SELECT role_name, remarks FROM information_schema.roles",
          "SELECT grantee, granteetype, grantedrole, rights, table_schema, table_name"
              + " FROM information_schema.rights",
          "SELECT * FROM information_schema.enum_values",
          "SELECT index_schema, index_name, remarks FROM information_schema.indexes",
          "SELECT sequence_schema, sequence_name, remarks FROM information_schema.sequences",
          "SELECT trigger_schema, trigger_name, remarks FROM information_schema.triggers"));

  private CatalogWitnesses() {}
}
