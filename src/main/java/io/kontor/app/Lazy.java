package io.kontor.app;

import java.util.function.Supplier;

/** Makes a thing when it is first asked for; if that fails, the next one who asks tries again. */
final class Lazy<T> implements Supplier<T> {

  private final Supplier<T> make;
  private T made;

  Lazy(Supplier<T> make) {
    this.make = make;
  }

  @Override
  public synchronized T get() {
    if (made == null) {
      made = make.get();
    }
    return made;
  }
}
