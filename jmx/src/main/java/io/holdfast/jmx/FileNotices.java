package io.holdfast.jmx;

import io.holdfast.store.SetAsides;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Tells when a damaged cache file was set aside and its caches went on empty. */
final class FileNotices implements Sampler.Look {

  static final String SET_ASIDE = "io.holdfast.file.setAside";

  private final Path path;
  private final Supplier<SetAsides> setAsides;
  private final Notifier notifier;
  private long told;

  FileNotices(Path path, Supplier<SetAsides> setAsides, Sampler sampler) {
    this.path = path;
    this.setAsides = setAsides;
    this.notifier = Notifier.of(
        path.toString(),
        sampler.watching(this),
        Notifier.kind(
            "The file was damaged and renamed, and the caches went on empty: user data names it",
            SET_ASIDE));
  }

  Notifier notifier() {
    return notifier;
  }

  @Override
  public synchronized void begin() {
    told = setAsides.get().count();
  }

  @Override
  public synchronized void look() {
    SetAsides now = setAsides.get();
    Path last = now.last();
    if (now.count() > told && last != null) {
      String damaged = String.valueOf(last.getFileName());
      notifier.send(
          SET_ASIDE,
          now.lastAtMillis(),
          path.getFileName() + " was damaged and is now " + damaged + "; the caches went on empty",
          new UserData("SetAside", "A damaged cache file that was renamed")
              .with("path", path.toString())
              .with("damagedFile", damaged)
              .with("count", now.count()));
    }
    told = now.count();
  }
}
