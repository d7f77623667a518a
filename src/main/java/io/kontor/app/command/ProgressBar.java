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

  /** Shows how much is left of what there was at most. */
  void show(long inbox, long deliveries) {
    long left = inbox + deliveries;
    long all = Math.max(most, left);
    draw(all - left, all, wiping("to record: %d  to deliver: %d".formatted(inbox, deliveries)));
  }

  /** Shows how much of a known amount is done. */
  void share(long done, long all) {
    long shown = Math.min(done, all);
    draw(shown, all, wiping("%d of %d".formatted(shown, all)));
  }

  /** Steps of a piece of work, such as a night; nothing where nobody looks. */
  void step(String what, long done, long steps) {
    if (terminal && steps > 0) {
      draw(done, steps, "%-60s".formatted(what));
    }
  }

  /** Whether somebody looks at it as it goes. */
  boolean isWatched() {
    return terminal;
  }

  private void draw(long done, long all, String text) {
    most = all;
    long now = System.currentTimeMillis();
    if (all == 0 || (!terminal && now - printedAt < QUIET_MILLIS)) {
      return;
    }
    printedAt = now;
    int filled = (int) (WIDTH * done / all);
    String bar = "=".repeat(filled) + " ".repeat(WIDTH - filled);
    String line = "  [%s]  %s".formatted(bar, text);
    out.print(terminal ? "\r" + line : line + System.lineSeparator());
    out.flush();
  }

  /** On a terminal a longer text may stand where this one is to. */
  private String wiping(String text) {
    return terminal ? text + "   " : text;
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
