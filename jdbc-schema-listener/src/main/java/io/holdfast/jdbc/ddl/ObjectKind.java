package io.holdfast.jdbc.ddl;

/** What a word after CREATE, ALTER or DROP says is being changed, seen from the tables' structure. */
enum ObjectKind {
  /** A table; its name is the suspect. */
  TABLE,
  VIEW,
  SEQUENCE,
  SYNONYM,
  /** Belongs to a table that CREATE names after ON; DROP and ALTER need not name it. */
  INDEX,
  TRIGGER,
  POLICY,
  RULE,
  /** Holds tables; plain CREATE changes none. */
  SCHEMA,
  /** Brings and takes objects that the text does not name. */
  EXTENSION,
  /** A function or procedure: changes no table, unless dropped with what depends on it. */
  ROUTINE,
  /** A type or domain: tables use it, so its own change may be theirs. */
  TYPE,
  /** An operator, collation, language, server: only CASCADE reaches tables. */
  SUPPORT,
  /** Never reaches a table's structure. */
  OTHER
}
