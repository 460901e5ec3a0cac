package io.holdfast.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Stands between a driver and a server, and can stop forwarding without closing anything. */
final class FrozenProxy implements AutoCloseable {

  private final ServerSocket entrance;
  private final int serverPort;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition thawed = lock.newCondition();
  private boolean frozen;

  FrozenProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    WatchThread.daemon(this::accept).start();
  }

  int port() {
    return entrance.getLocalPort();
  }

  /** From now on nothing passes, in connections old and new; or everything again. */
  void frozen(boolean is) {
    lock.lock();
    try {
      frozen = is;
      thawed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitThaw() {
    lock.lock();
    try {
      while (frozen) {
        thawed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        sockets.add(client);
        sockets.add(server);
        WatchThread.daemon(() -> forward(client, server)).start();
        WatchThread.daemon(() -> forward(server, client)).start();
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void forward(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        awaitThaw();
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // one side went away
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    frozen(false);
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
