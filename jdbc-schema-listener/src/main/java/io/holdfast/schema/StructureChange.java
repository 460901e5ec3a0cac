package io.holdfast.schema;

import java.util.Map;

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

  /**
   * The same for programs, in a fixed order: {@code change} says what, the other entries are named after
   * the components.
   */
  Map<String, String> facts();

  record TableCreated() implements StructureChange {
    @Override
    public String describe() {
      return "table created";
    }

    @Override
    public Map<String, String> facts() {
      return Facts.of("table created");
    }
  }

  record TableDropped() implements StructureChange {
    @Override
    public String describe() {
      return "table dropped";
    }

    @Override
    public Map<String, String> facts() {
      return Facts.of("table dropped");
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

    @Override
    public Map<String, String> facts() {
      return Facts.of("table renamed", "from", from.toString(), "to", to.toString());
    }
  }

  /** Same structure, other table or other data: dropped and created again, truncated, swapped. */
  record TableReplaced() implements StructureChange {
    @Override
    public String describe() {
      return "table replaced or truncated";
    }

    @Override
    public Map<String, String> facts() {
      return Facts.of("table replaced");
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

    @Override
    public Map<String, String> facts() {
      return Facts.of("column added", "column", column, "type", type);
    }
  }

  record ColumnDropped(String column) implements StructureChange {
    @Override
    public String describe() {
      return "column " + column + " dropped";
    }

    @Override
    public Map<String, String> facts() {
      return Facts.of("column dropped", "column", column);
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

    @Override
    public Map<String, String> facts() {
      return Facts.of("column renamed", "from", from, "to", to);
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

    @Override
    public Map<String, String> facts() {
      return Facts.of(
          "column changed", "column", column, "aspect", aspect, "before", before, "after", after);
    }
  }

  /** A key, foreign key, check, index, trigger, option or view body: {@code part} says which. */
  record PartAdded(String part, String name, String definition) implements StructureChange {
    @Override
    public String describe() {
      return (part + " " + name).strip() + " added";
    }

    // A check that nobody named goes by its definition.
    @Override
    public String outline() {
      return part.equals("check") && name.equals(definition) ? part + " added" : describe();
    }

    @Override
    public Map<String, String> facts() {
      return Facts.of("part added", "part", part, "name", name, "definition", definition);
    }
  }

  record PartDropped(String part, String name, String definition) implements StructureChange {
    @Override
    public String describe() {
      return (part + " " + name).strip() + " dropped";
    }

    // A check that nobody named goes by its definition.
    @Override
    public String outline() {
      return part.equals("check") && name.equals(definition) ? part + " dropped" : describe();
    }

    @Override
    public Map<String, String> facts() {
      return Facts.of("part dropped", "part", part, "name", name, "definition", definition);
    }
  }

  record PartChanged(String part, String name, String before, String after)
      implements StructureChange {
    @Override
    public String describe() {
      return (part + " " + name).strip() + " changed";
    }

    @Override
    public Map<String, String> facts() {
      return Facts.of("part changed", "part", part, "name", name, "before", before, "after", after);
    }
  }

  /** A part of equal definition under another name. */
  record PartRenamed(String part, String from, String to) implements StructureChange {
    @Override
    public String describe() {
      return part + " " + from + " renamed to " + to;
    }

    @Override
    public Map<String, String> facts() {
      return Facts.of("part renamed", "part", part, "from", from, "to", to);
    }
  }
}
