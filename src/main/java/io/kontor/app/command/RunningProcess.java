package io.kontor.app.command;

import io.kontor.app.Hub;
import io.kontor.app.Wiring;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;

/** A hub as a process: it runs until the process is told to end, and ends in bounded time. */
public final class RunningProcess {

  /** What stopping may take beyond what the routes are given. */
  static final Duration MARGIN = Duration.ofSeconds(15);

  private RunningProcess() {}

  /** Starts a hub, says where it is, and fails when it cannot go on. */
  static int run(Invocation invocation, Wiring wiring) throws Exception {
    Hub hub = Hub.start(invocation.settings(), wiring);
    stopWithProcess(hub, invocation.settings().stopWithin().plus(MARGIN));
    invocation.out().println("Kontor is up at " + hub.url() + "  (Ctrl-C ends it)");
    invocation.out().flush();
    throw ended(hub);
  }

  /**
   * Waits until the hub cannot go on: whoever watches over the process is to start it anew, which a
   * hub that stays up without its broker would keep him from.
   */
  static IllegalStateException ended(Hub hub) {
    return new IllegalStateException("Kontor ends: " + hub.awaitEnd());
  }

  /** Stops the hub when the process is told to end; after that time it is halted all the same. */
  public static void stopWithProcess(Hub hub, Duration within) {
    Thread hook =
        new Thread(
            () -> {
              Thread stopping = new Thread(hub::close, "stop");
              stopping.setDaemon(true);
              stopping.start();
              boolean stopped = joined(stopping, within);
              // The logging outlives the hub, so that its last words are written.
              LogManager.shutdown();
              if (!stopped) {
                System.err.println("Kontor did not stop within " + within.toSeconds() + " s");
                Runtime.getRuntime().halt(1);
              }
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static boolean joined(Thread thread, Duration within) {
    try {
      thread.join(TimeUnit.NANOSECONDS.toMillis(within.toNanos()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
