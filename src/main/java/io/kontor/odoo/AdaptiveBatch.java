package io.kontor.odoo;

import java.util.function.LongSupplier;

/**
 * How many documents to send at once, found by watching: starts at ten, grows while the time per
 * document falls, shrinks when it rises or when a poison row is found. Where shrinking made it
 * rise, it turns round again, so that it does not end at one because a small batch is slow.
 *
 * <p>Ten to twenty-five is where a real Odoo is fastest; it moves with the server, the modules and
 * the length of the documents, so it is not a setting. Safe for several threads.
 */
public final class AdaptiveBatch {

  static final int START = 10;

  /** Less change than this, up or down, is noise. */
  private static final double NOISE = 0.05;

  private final LongSupplier nanos;
  private final int least;
  private final int most;
  private int size;
  private boolean growing = true;
  private double lastPerDocument;

  /**
   * Between one and thirty documents: beyond twenty-five a real Odoo only becomes slower.
   *
   * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
   */
  public AdaptiveBatch(LongSupplier nanos) {
    this(nanos, 1, 30);
  }

  public AdaptiveBatch(LongSupplier nanos, int least, int most) {
    if (least < 1 || most < least) {
      throw new IllegalArgumentException("a batch of %d to %d".formatted(least, most));
    }
    this.nanos = nanos;
    this.least = least;
    this.most = most;
    this.size = Math.max(least, Math.min(most, START));
  }

  /** How many documents the next batch should hold. */
  public synchronized int size() {
    return size;
  }

  long now() {
    return nanos.getAsLong();
  }

  /**
   * A batch went through. One much smaller than asked for says nothing about the size and is not
   * counted.
   */
  synchronized void sent(int documents, long startedAt) {
    if (documents * 2 < size) {
      return;
    }
    double perDocument = (double) (nanos.getAsLong() - startedAt) / documents;
    if (lastPerDocument > 0 && perDocument > lastPerDocument * (1 + NOISE)) {
      growing = !growing;
      step();
    } else if (lastPerDocument == 0 || perDocument < lastPerDocument * (1 - NOISE)) {
      step();
    }
    lastPerDocument = perDocument;
  }

  private void step() {
    int change = growing ? Math.max(1, size / 2) : -Math.max(1, size / 4);
    size = Math.max(least, Math.min(most, size + change));
  }

  /** A document of a batch was refused, and the others had to be sent again. */
  synchronized void poisoned() {
    size = Math.max(least, size / 2);
    growing = true;
    lastPerDocument = 0;
  }
}
