package io.holdfast.response;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The chunks of a stream under way, for those who came later. Safe from any thread. */
final class LiveStream {

  private final List<Chunk> chunks = new ArrayList<>(); // guarded by itself
  private final List<Runnable> followers = new CopyOnWriteArrayList<>();

  /** Adds a chunk and tells those who follow. */
  void add(Chunk chunk) {
    synchronized (chunks) {
      chunks.add(chunk);
    }
    followers.forEach(Runnable::run);
  }

  /** The chunk of this number, from 0 on; null if it has not arrived. */
  @Nullable
  Chunk find(int number) {
    synchronized (chunks) {
      return number < chunks.size() ? chunks.get(number) : null;
    }
  }

  /** Those so far. */
  List<Chunk> arrived() {
    synchronized (chunks) {
      return List.copyOf(chunks);
    }
  }

  /** Runs, quickly, after each chunk. */
  void follow(Runnable onChunk) {
    followers.add(onChunk);
  }

  void unfollow(Runnable onChunk) {
    followers.remove(onChunk);
  }
}
