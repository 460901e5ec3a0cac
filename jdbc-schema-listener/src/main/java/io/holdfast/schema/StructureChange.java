package io.holdfast.schema;

/** One difference between two structures of the same table. */
public sealed interface StructureChange {

  /** One line for people, such as {@code column email added (text)}. */
  String describe();

  /**
   * The same by kinds and names alone, such as {@code column email added}: no types, defaults or other
   * texts of the catalog, which may hold literals.
   */
  default String outline() {
    return describe();
  }

  record TableCreated() implements StructureChange {
    @Override
    public String describe() {
      return "table created";
    }
  }

  record TableDropped() implements StructureChange {
    @Override
    public String describe() {
      return "table dropped";
    }
  }

  /**
   * The same table under another name: told of the old name, which is gone, and of the new one. Only
   * where the server's own numbers prove it; else one table is dropped and one created.
   */
  record TableRenamed(TableName from, TableName to) implements StructureChange {
    @Override
    public String describe() {
      return "table renamed from " + from + " to " + to;
    }
  }

  /** Same structure, other table or other data: dropped and created again, truncated, swapped. */
  record TableReplaced() implements StructureChange {
    @Override
    public String describe() {
      return "table replaced or truncated";
    }
  }

  record ColumnAdded(String column, String type) implements StructureChange {
    @Override
    public String describe() {
      return outline() + " (" + type + ")";
    }

    @Override
    public String outline() {
      return "column " + column + " added";
    }
  }

  record ColumnDropped(String column) implements StructureChange {
    @Override
    public String describe() {
      return "column " + column + " dropped";
    }
  }

  /**
   * The same column under another name; what else changed of it is told under the new name. Only where
   * the server's own numbers prove it.
   */
  record ColumnRenamed(String from, String to) implements StructureChange {
    @Override
    public String describe() {
      return "column " + from + " renamed to " + to;
    }
  }

  /** Type, nullability, default, generation, collation or position of a column. */
  record ColumnChanged(String column, String aspect, String before, String after)
      implements StructureChange {
    @Override
    public String describe() {
      return "column " + column + " " + aspect + " " + before + " -> " + after;
    }

    @Override
    public String outline() {
      return "column " + column + " " + aspect + " changed";
    }
  }

  /** A key, foreign key, check, index, trigger, option or view body: {@code part} says which. */
  record PartAdded(String part, String name, String definition) implements StructureChange {
    @Override
    public String describe() {
      return (part + " " + name).strip() + " added";
    }
  }

  record PartDropped(String part, String name, String definition) implements StructureChange {
    @Override
    public String describe() {
      return (part + " " + name).strip() + " dropped";
    }
  }

  record PartChanged(String part, String name, String before, String after)
      implements StructureChange {
    @Override
    public String describe() {
      return (part + " " + name).strip() + " changed";
    }
  }

  /** A part of equal definition under another name. */
  record PartRenamed(String part, String from, String to) implements StructureChange {
    @Override
    public String describe() {
      return part + " " + from + " renamed to " + to;
    }
  }
}
