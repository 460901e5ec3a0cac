package io.holdfast.soak;

/** What is measured. */
enum Operation {
  GET,
  GET_ALL,
  PUT,
  PUT_FULL,
  PUT_RELAXED,
  PUT_ALL,
  INVOKE,
  GET_AND_REPLACE,
  REMOVE,
  CLEAR,
  ITERATE,
  READ_THROUGH,
  ANSWER,
  DDL,
  /** From the first read that was behind another process until one was not. */
  CATCH_UP,
  /** The same for an answer about a table that another process has altered. */
  NOTICE_DDL,
  /** How old an acknowledged relaxed put was that did not outlive a kill. */
  LOST_BY_KILL;

  /** As it stands in reports. */
  String label() {
    return switch (this) {
      case GET_ALL -> "getAll, 8 keys";
      case PUT_FULL -> "put, durability full";
      case PUT_RELAXED -> "put, durability relaxed";
      case PUT_ALL -> "putAll, 8 keys";
      case GET_AND_REPLACE -> "getAndReplace";
      case READ_THROUGH -> "get, read-through";
      case ITERATE -> "iterate, all entries";
      case ANSWER -> "answer under a SchemaKey";
      case DDL -> "DDL through the driver";
      case CATCH_UP -> "(heap behind another process)";
      case NOTICE_DDL -> "(answer behind another process's DDL)";
      case LOST_BY_KILL -> "(age of a relaxed put that a kill cost)";
      default -> name().toLowerCase(java.util.Locale.ROOT);
    };
  }
}
