package io.holdfast.docs.render;

import io.holdfast.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file of each table's page. Names of tables can be anything, names of files cannot: what is not
 * safe everywhere becomes a dash and the name gets a few digits of its hash, and so do names that a
 * file system without regard to case would take for one.
 */
public final class PageNames {
  private static final int MAX_CHARS = 80;

  private final Map<TableName, String> files = new HashMap<>();

  /** Names the pages of these tables. */
  public PageNames(Collection<TableName> tables) {
    var users = new HashMap<String, Integer>();
    tables.forEach(table -> users.merge(plain(table), 1, Integer::sum));
    for (TableName table : tables) {
      String plain = plain(table);
      boolean faithful = plain.equals(table.toString().toLowerCase(Locale.ROOT));
      // Letters beyond ASCII have several lower cases and several encodings in file systems.
      boolean alone = Integer.valueOf(1).equals(users.get(plain));
      files.put(table, (faithful && alone ? plain : plain + "-" + digits(table)) + ".md");
    }
  }

  /** The page of this table, or null if it has none. */
  public @Nullable String find(TableName table) {
    return files.get(table);
  }

  /**
   * The page of this table.
   *
   * @throws IllegalArgumentException if it was not among the tables
   */
  public String get(TableName table) {
    String file = files.get(table);
    if (file == null) {
      throw new IllegalArgumentException("no page for " + table);
    }
    return file;
  }

  private static String plain(TableName table) {
    String lower = table.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]+", "-");
    return lower.length() <= MAX_CHARS ? lower : lower.substring(0, MAX_CHARS);
  }

  private static String digits(TableName table) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256")
          .digest((table.schema() + "\0" + table.name()).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
