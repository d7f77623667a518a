package io.kontor.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work on several threads at once, and how long it took until the last was done. */
final class Together {

  private Together() {}

  /** What one thread does with the items it takes, one after the other. */
  @FunctionalInterface
  interface Work {
    void doAll() throws Exception;
  }

  /** Makes a thread's work ready, untimed. */
  @FunctionalInterface
  interface Preparation {
    Work prepare(int thread) throws Exception;
  }

  /** Returns the seconds. */
  static double seconds(int threads, Preparation preparation) throws Exception {
    List<Callable<Void>> works = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Work work = preparation.prepare(i);
      works.add(
          () -> {
            work.doAll();
            return null;
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long began = System.nanoTime();
      for (Future<Void> done : pool.invokeAll(works)) {
        done.get();
      }
      return (System.nanoTime() - began) / 1e9;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      pool.shutdownNow();
    }
  }
}
