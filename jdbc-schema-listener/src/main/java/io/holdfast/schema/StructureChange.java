package io.holdfast.schema;

/** One difference between two structures of the same table. */
public sealed interface StructureChange {

  /** One line for people, such as {@code column email added (text)}. */
  String describe();

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
      return "column " + column + " added (" + type + ")";
    }
  }

  record ColumnDropped(String column) implements StructureChange {
    @Override
    public String describe() {
      return "column " + column + " dropped";
    }
  }

  /** Type, nullability, default, generation, collation or position of a column. */
  record ColumnChanged(String column, String aspect, String before, String after)
      implements StructureChange {
    @Override
    public String describe() {
      return "column " + column + " " + aspect + " " + before + " -> " + after;
    }
  }

  /** A key, foreign key, check, index, trigger, option or view body: {@code part} says which. */
  record PartAdded(String part, String name, String definition) implements StructureChange {
    @Override
    public String describe() {
      return part + " " + name + " added";
    }
  }

  record PartDropped(String part, String name, String definition) implements StructureChange {
    @Override
    public String describe() {
      return part + " " + name + " dropped";
    }
  }

  record PartChanged(String part, String name, String before, String after)
      implements StructureChange {
    @Override
    public String describe() {
      return part + " " + name + " changed";
    }
  }
}
