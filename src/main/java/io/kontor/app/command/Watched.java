package io.kontor.app.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Long work of the hub that somebody at a terminal waits for. */
final class Watched {

  private static final long LOOK_MILLIS = 300;

  private Watched() {}

  /** Asks how far the work is, and shows it. */
  @FunctionalInterface
  interface Look {
    void look() throws IOException, InterruptedException;
  }

  /** Has the work done, and looks at it now and then where there is a terminal. */
  static <T> T run(Callable<T> work, ProgressBar bar, Look look)
      throws IOException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    if (bar.isWatched()) {
      Thread runner = new Thread(task, "watched");
      runner.setDaemon(true);
      runner.start();
    } else {
      task.run();
    }
    while (true) {
      try {
        T result = task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        bar.done();
        return result;
      } catch (TimeoutException e) {
        // Still at it: that is what the bar is for.
        look.look();
      } catch (ExecutionException e) {
        bar.done();
        throw rethrown(e.getCause());
      }
    }
  }

  private static IOException rethrown(Throwable cause) throws InterruptedException {
    if (cause instanceof RuntimeException defect) {
      throw defect;
    }
    if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    return cause instanceof IOException broken ? broken : new IOException(cause);
  }
}
