package io.holdfast.encryption;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * Ciphers that nobody uses at the moment. Making one costs more than a short encryption; keeping one for
 * each thread would keep as many as there are virtual threads. Never waits: who finds none makes one, and
 * who finds no room drops his.
 */
final class CipherPool {
  private static final int PROBES = 4;

  private final Maker maker;
  private final AtomicReferenceArray<@Nullable Cipher> idle;

  /** Makes a cipher. */
  interface Maker {
    Cipher make() throws GeneralSecurityException;
  }

  CipherPool(Maker maker) {
    this.maker = maker;
    this.idle = new AtomicReferenceArray<>(
        Integer.highestOneBit(Math.max(4, 4 * Runtime.getRuntime().availableProcessors())));
  }

  /** A cipher that nobody else has, in the state it was given back in or was made in. */
  Cipher take() throws GeneralSecurityException {
    int start = start();
    for (int probe = 0; probe < PROBES; probe++) {
      int slot = slot(start + probe);
      if (idle.getPlain(slot) != null) {
        Cipher cipher = idle.getAndSet(slot, null);
        if (cipher != null) {
          return cipher;
        }
      }
    }
    return maker.make();
  }

  /** Not to be called after the cipher has failed, unless each use begins with an initialisation. */
  void giveBack(Cipher cipher) {
    int start = start();
    for (int probe = 0; probe < PROBES; probe++) {
      if (idle.compareAndSet(slot(start + probe), null, cipher)) {
        return;
      }
    }
  }

  private int slot(int probe) {
    return probe & (idle.length() - 1);
  }

  // Threads with neighbouring numbers start at different slots.
  private static int start() {
    return Long.hashCode(Thread.currentThread().getId()) * PROBES;
  }
}
