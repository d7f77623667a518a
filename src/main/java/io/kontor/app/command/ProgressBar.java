package io.kontor.app.command;

import java.io.PrintWriter;

/** Shows how much of long work is left; on a terminal in one line, otherwise now and then. */
final class ProgressBar {

  private static final int WIDTH = 30;
  private static final long QUIET_MILLIS = 10_000;

  private final PrintWriter out;

  @SuppressWarnings("SystemConsoleNull") // on 22 and newer a pipe counts as a terminal: no harm
  private final boolean terminal = System.console() != null;

  private long most;
  private long printedAt;

  ProgressBar(PrintWriter out) {
    this.out = out;
  }

  void show(long inbox, long deliveries) {
    long left = inbox + deliveries;
    most = Math.max(most, left);
    long now = System.currentTimeMillis();
    if (most == 0 || (!terminal && now - printedAt < QUIET_MILLIS)) {
      return;
    }
    printedAt = now;
    int filled = (int) (WIDTH * (most - left) / most);
    String bar = "=".repeat(filled) + " ".repeat(WIDTH - filled);
    String text = "  [%s]  to record: %d  to deliver: %d".formatted(bar, inbox, deliveries);
    out.print(terminal ? "\r" + text + "   " : text + System.lineSeparator());
    out.flush();
  }

  /** Whether somebody looks at it as it goes. */
  boolean isWatched() {
    return terminal;
  }

  /** Steps of a piece of work, such as a night; nothing where nobody looks. */
  void step(String what, int done, int steps) {
    if (!terminal || steps == 0) {
      return;
    }
    most = steps;
    int filled = WIDTH * done / steps;
    String bar = "=".repeat(filled) + " ".repeat(WIDTH - filled);
    out.print("\r  [%s]  %-60s".formatted(bar, what));
    out.flush();
  }

  /** Shows how much of a known amount is done. */
  void share(long done, long all) {
    most = all;
    long now = System.currentTimeMillis();
    if (all == 0 || (!terminal && now - printedAt < QUIET_MILLIS)) {
      return;
    }
    printedAt = now;
    int filled = (int) (WIDTH * Math.min(done, all) / all);
    String bar = "=".repeat(filled) + " ".repeat(WIDTH - filled);
    String text = "  [%s]  %d of %d".formatted(bar, Math.min(done, all), all);
    out.print(terminal ? "\r" + text + "   " : text + System.lineSeparator());
    out.flush();
  }

  /** Ends the line; where lines were printed one after the other, the last one says so. */
  void done() {
    if (terminal && most > 0) {
      out.println();
    } else if (printedAt > 0) {
      out.println("  [" + "=".repeat(WIDTH) + "]  done");
    }
    out.flush();
  }
}
