package io.holdfast.codec;

import static java.io.ObjectStreamConstants.SC_BLOCK_DATA;
import static java.io.ObjectStreamConstants.SC_EXTERNALIZABLE;
import static java.io.ObjectStreamConstants.SC_WRITE_METHOD;
import static java.io.ObjectStreamConstants.TC_ARRAY;
import static java.io.ObjectStreamConstants.TC_BLOCKDATA;
import static java.io.ObjectStreamConstants.TC_BLOCKDATALONG;
import static java.io.ObjectStreamConstants.TC_CLASS;
import static java.io.ObjectStreamConstants.TC_CLASSDESC;
import static java.io.ObjectStreamConstants.TC_ENDBLOCKDATA;
import static java.io.ObjectStreamConstants.TC_ENUM;
import static java.io.ObjectStreamConstants.TC_LONGSTRING;
import static java.io.ObjectStreamConstants.TC_NULL;
import static java.io.ObjectStreamConstants.TC_OBJECT;
import static java.io.ObjectStreamConstants.TC_REFERENCE;
import static java.io.ObjectStreamConstants.TC_RESET;
import static java.io.ObjectStreamConstants.TC_STRING;
import static java.io.ObjectStreamConstants.baseWireHandle;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many objects would be visited to hash or compare the members of sets and the keys of maps in a
 * stream, when each is read.
 *
 * <p>A set of sets that share their members takes a few hundred bytes and, as a hash visits a shared
 * member once per path to it, more steps than there is time. Object streams do not tell their filter
 * of references back, so this walks the grammar itself, without loading a class. What it does not
 * understand is refused, so that it cannot be got around.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/docs/specs/serialization/protocol.html">The
 *     stream protocol</a>
 */
final class HashCost {
  private static final int STREAM_HEADER_BYTES = 4;
  // n references make at most 3^(n/3) paths: fewer than this many are
  // harmless and not worth a walk.
  private static final int HARMLESS_REFERENCES = 40;
  private static final Set<String> SETS = Set.of(
      "java.util.HashSet", "java.util.LinkedHashSet", "java.util.TreeSet", "java.util.CollSer");
  private static final Set<String> MAPS = Set.of(
      "java.util.HashMap",
      "java.util.LinkedHashMap",
      "java.util.Hashtable",
      "java.util.Properties",
      "java.util.TreeMap",
      "java.util.concurrent.ConcurrentHashMap",
      "java.util.concurrent.ConcurrentSkipListMap");

  private final ByteBuffer in;
  private final int maxDepth;
  private final long maxCost;
  private final List<Known> handles = new ArrayList<>();
  private long cost;

  /** What a handle stands for. Its size counts shared parts once per path; 1 while it is being read. */
  private static final class Known {
    private final @Nullable Description description;
    private long size = 1;

    Known(@Nullable Description description) {
      this.description = description;
    }
  }

  /** A class as the stream describes it, its fields' types as their first letters. */
  private record Description(
      String name, byte flags, String fieldTypes, @Nullable Description parent) {}

  private HashCost(byte[] bytes, int offset, int maxDepth, long maxCost) {
    this.in = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
    this.maxDepth = maxDepth;
    this.maxCost = maxCost;
  }

  /**
   * Lets a stream pass whose hashes are cheap enough.
   *
   * @throws CodecException if they are not, or the stream is malformed
   */
  static void requireAtMost(long maxCost, int maxDepth, byte[] bytes, int offset) {
    if (references(bytes, offset) < HARMLESS_REFERENCES) {
      return;
    }
    try {
      new HashCost(bytes, offset, maxDepth, maxCost).walk();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw malformed();
    }
  }

  // At most so many: the same bytes may stand for something else.
  private static int references(byte[] bytes, int offset) {
    int count = 0;
    for (int i = offset; i + 1 < bytes.length; i++) {
      if (bytes[i] == TC_REFERENCE && (bytes[i + 1] == 0 || bytes[i + 1] == 1)) {
        count++;
      }
    }
    return count;
  }

  private void walk() {
    skip(STREAM_HEADER_BYTES);
    object(0);
  }

  /** Reads one object; returns its size. */
  private long object(int depth) {
    if (depth > maxDepth) {
      throw new CodecException("The column is nested deeper than " + maxDepth);
    }
    return switch (in.get()) {
      case TC_NULL -> 1;
      case TC_REFERENCE -> referred().size;
      case TC_STRING -> leaf(in.getShort() & 0xffff);
      case TC_LONGSTRING -> leaf(in.getLong());
      case TC_CLASS -> {
        description(depth);
        yield leaf(0);
      }
      case TC_ENUM -> {
        description(depth);
        leaf(0);
        yield object(depth + 1); // its name
      }
      case TC_ARRAY -> array(depth);
      case TC_OBJECT -> instance(depth);
      case TC_RESET -> {
        handles.clear();
        yield object(depth + 1);
      }
      default -> throw malformed();
    };
  }

  private long leaf(long bytes) {
    remember(null);
    skip(bytes);
    return 1;
  }

  private long array(int depth) {
    Description description = requireDescribed(depth);
    Known array = remember(null);
    int length = in.getInt();
    char element = description.name().charAt(1);
    if (isReference(element)) {
      array.size = members(length, depth);
    } else {
      skip((long) length * bytesOf(element));
    }
    return array.size;
  }

  private long members(int length, int depth) {
    long size = 1;
    for (int i = 0; i < length; i++) {
      size = sum(size, object(depth + 1));
    }
    return size;
  }

  private long instance(int depth) {
    Description description = requireDescribed(depth);
    Known instance = remember(null);
    instance.size = sum(1, fields(description, depth));
    return instance.size;
  }

  // From the topmost superclass down, each with its fields, then what its own method wrote.
  private long fields(Description description, int depth) {
    Description parent = description.parent();
    long size = parent == null ? 0 : fields(parent, depth);
    if ((description.flags() & SC_EXTERNALIZABLE) != 0) {
      if ((description.flags() & SC_BLOCK_DATA) == 0) {
        throw malformed(); // of JDK 1.1, without ends
      }
      return sum(size, annotation(description.name(), depth));
    }
    for (char type : description.fieldTypes().toCharArray()) {
      if (isReference(type)) {
        size = sum(size, object(depth + 1));
      } else {
        skip(bytesOf(type));
      }
    }
    boolean hasAnnotation = (description.flags() & SC_WRITE_METHOD) != 0;
    return hasAnnotation ? sum(size, annotation(description.name(), depth)) : size;
  }

  private long annotation(String className, int depth) {
    boolean isSet = SETS.contains(className);
    boolean isMap = MAPS.contains(className);
    long size = 0;
    boolean isKey = true;
    while (!skipPrimitives()) {
      long member = object(depth + 1);
      size = sum(size, member);
      if (isSet || (isMap && isKey)) {
        charge(member);
      }
      isKey = !isKey;
    }
    return size;
  }

  /** Skips what was written as primitives; true at the end of the annotation. */
  private boolean skipPrimitives() {
    while (true) {
      byte type = in.get();
      if (type == TC_ENDBLOCKDATA) {
        return true;
      } else if (type == TC_BLOCKDATA) {
        skip(in.get() & 0xff);
      } else if (type == TC_BLOCKDATALONG) {
        skip(in.getInt());
      } else {
        in.position(in.position() - 1);
        return false;
      }
    }
  }

  private void charge(long member) {
    cost = sum(cost, member);
    if (cost > maxCost) {
      throw new CodecException("The column holds nested sets or keys that take too long to hash");
    }
  }

  private Description requireDescribed(int depth) {
    Description description = description(depth);
    if (description == null) {
      throw malformed();
    }
    return description;
  }

  private @Nullable Description description(int depth) {
    if (depth > maxDepth) {
      throw malformed();
    }
    byte type = in.get();
    if (type == TC_NULL) {
      return null;
    }
    if (type == TC_REFERENCE) {
      return referred().description;
    }
    if (type != TC_CLASSDESC) {
      throw malformed(); // a proxy, which is never read
    }
    String name = text();
    skip(Long.BYTES);
    int handle = handles.size();
    remember(null);
    byte flags = in.get();
    StringBuilder fieldTypes = new StringBuilder();
    for (int fields = in.getShort(); fields > 0; fields--) {
      char fieldType = (char) in.get();
      fieldTypes.append(fieldType);
      text();
      if (isReference(fieldType)) {
        object(depth + 1); // the name of its type
      }
    }
    annotation("", depth);
    Description parent = description(depth + 1);
    Description description = new Description(name, flags, fieldTypes.toString(), parent);
    handles.set(handle, new Known(description));
    return description;
  }

  private Known remember(@Nullable Description description) {
    Known known = new Known(description);
    handles.add(known);
    return known;
  }

  private Known referred() {
    return handles.get(in.getInt() - baseWireHandle);
  }

  private String text() {
    byte[] utf = new byte[in.getShort() & 0xffff];
    in.get(utf);
    return new String(utf, ISO_8859_1);
  }

  private void skip(long bytes) {
    if (bytes < 0 || bytes > in.remaining()) {
      throw malformed();
    }
    in.position(in.position() + (int) bytes);
  }

  private static boolean isReference(char type) {
    return type == 'L' || type == '[';
  }

  private static int bytesOf(char primitive) {
    return switch (primitive) {
      case 'B', 'Z' -> Byte.BYTES;
      case 'C', 'S' -> Short.BYTES;
      case 'I', 'F' -> Integer.BYTES;
      case 'J', 'D' -> Long.BYTES;
      default -> throw malformed();
    };
  }

  private static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static CodecException malformed() {
    return new CodecException("Could not deserialise the column: its stream is malformed");
  }
}
