package io.holdfast.jcache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.commons.beanutils.BeanComparator;
import org.apache.commons.collections.Transformer;
import org.apache.commons.collections.functors.ChainedTransformer;
import org.apache.commons.collections.functors.ConstantTransformer;
import org.apache.commons.collections.functors.InvokerTransformer;
import org.apache.commons.collections.keyvalue.TiedMapEntry;
import org.apache.commons.collections.map.LazyMap;

/** Object streams as an attacker makes them. Those that run code set a system property when they are read. */
final class Gadgets {
  static final String PROPERTY = "holdfast.test.gadgetRan";
  static final String MARKER = "marker-of-the-content";

  private Gadgets() {}

  static void forget() {
    System.clearProperty(PROPERTY);
  }

  static boolean hasRun() {
    return System.getProperty(PROPERTY) != null;
  }

  static byte[] stream(Object object) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  /** What a reader without a filter does. */
  static Object readUnfiltered(byte[] stream) throws IOException, ClassNotFoundException {
    try (var in = new ObjectInputStream(new ByteArrayInputStream(stream))) {
      return in.readObject();
    }
  }

  /** A lazy map of commons-collections 3.2.1 makes its value, by a call of any method, when it is hashed. */
  static byte[] commonsCollections() throws Exception {
    Transformer setProperty = new ChainedTransformer(new Transformer[] {
      new ConstantTransformer(System.class),
      new InvokerTransformer(
          "getMethod",
          new Class<?>[] {String.class, Class[].class},
          new Object[] {"setProperty", new Class<?>[] {String.class, String.class}}),
      new InvokerTransformer("invoke", new Class<?>[] {Object.class, Object[].class}, new Object[] {
        null, new Object[] {PROPERTY, MARKER}
      })
    });
    Map<?, ?> lazy = LazyMap.decorate(new HashMap<>(), new ConstantTransformer("harmless"));
    Set<Object> trigger = new HashSet<>();
    trigger.add(new TiedMapEntry(lazy, "key"));
    lazy.clear();
    Field factory = LazyMap.class.getDeclaredField("factory");
    factory.setAccessible(true);
    factory.set(lazy, setProperty);
    return stream(trigger);
  }

  /** A bean whose getter does something. */
  public static final class Bean implements Serializable {
    private static final long serialVersionUID = 1L;

    public String getName() {
      return MARKER;
    }

    public String getPayload() {
      System.setProperty(PROPERTY, MARKER);
      return MARKER;
    }
  }

  /** A queue that sorts itself by a property, so that commons-beanutils calls its getter. */
  @SuppressWarnings("unchecked") // its comparator is raw
  static byte[] commonsBeanutils() throws IOException {
    var comparator = new BeanComparator<>(
        "name", (Comparator<String> & Serializable) (one, other) -> one.compareTo(other));
    PriorityQueue<Object> queue = new PriorityQueue<>(2, comparator);
    queue.add(new Bean());
    queue.add(new Bean());
    comparator.setProperty("payload");
    return stream(queue);
  }

  /** A proxy whose handler is asked for a hash. */
  static byte[] proxy() throws IOException {
    var trigger = new HashMap<Object, Object>();
    Runs.armed = false;
    trigger.put(
        Proxy.newProxyInstance(
            Gadgets.class.getClassLoader(), new Class<?>[] {Runnable.class}, new Runs()),
        MARKER);
    return stream(trigger);
  }

  private static final class Runs implements InvocationHandler, Serializable {
    private static final long serialVersionUID = 1L;
    private static boolean armed;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      armed = true;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      if (armed) {
        System.setProperty(PROPERTY, MARKER);
      }
      return 1;
    }
  }

  /** A class that reads itself. */
  public static final class ReadsItself implements Externalizable {
    private static final long serialVersionUID = 1L;

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      out.writeUTF(MARKER);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
      System.setProperty(PROPERTY, in.readUTF());
    }
  }

  static byte[] externalizable() throws IOException {
    return stream(new ArrayList<>(List.of(new ReadsItself())));
  }

  /** A lambda of ours, which the class that made it is asked to make again. */
  static byte[] lambda() throws IOException {
    return stream(
        (Comparator<String> & Serializable) (one, other) -> MARKER.concat(one).compareTo(other));
  }

  /** A URL as a key, whose hash asks a name server. */
  @SuppressWarnings("URLEqualsHashCode") // the point
  static byte[] urlAsKey() throws Exception {
    var trigger = new HashMap<Object, Object>();
    Object url = new URL("http", "127.0.0.1", "/" + MARKER);
    trigger.put(url, MARKER);
    return stream(trigger);
  }

  /** Sets that share their members: 2^60 steps to hash. */
  static byte[] laughs() throws IOException {
    Set<Object> root = new HashSet<>();
    Set<Object> one = root;
    Set<Object> other = new HashSet<>();
    for (int level = 0; level < 60; level++) {
      Set<Object> nextOne = new HashSet<>();
      Set<Object> nextOther = new HashSet<>();
      nextOne.add(MARKER);
      // Members enter before they are filled, while their hash is cheap.
      one.add(nextOne);
      one.add(nextOther);
      other.add(nextOne);
      other.add(nextOther);
      one = nextOne;
      other = nextOther;
    }
    return stream(root);
  }

  /** Arrays in arrays, each announcing all that the length of the stream lets it. */
  static byte[] arraysInArrays() throws IOException {
    byte[] one = stream(new Object[] {null});
    int headerBytes = 4;
    int lengthAt = one.length - 1 - Integer.BYTES;
    var out = new ByteArrayOutputStream();
    out.write(one, 0, lengthAt);
    byte[] announced = {0, 0, 0x40, 0};
    out.write(announced);
    byte[] again = {one[headerBytes], 0x71, 0, 0x7e, 0, 0};
    for (int depth = 0; depth < 200; depth++) {
      out.write(again);
      out.write(announced);
    }
    out.write(new byte[20_000]);
    return out.toByteArray();
  }

  /** Lists in lists. */
  static byte[] deep() throws IOException {
    List<Object> root = new ArrayList<>(List.of(MARKER));
    for (int i = 0; i < 400; i++) {
      root = new ArrayList<>(List.of(root));
    }
    return stream(root);
  }
}
