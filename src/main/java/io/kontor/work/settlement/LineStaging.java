package io.kontor.work.settlement;

import io.kontor.failure.TransientFailure;
import io.kontor.store.Database;
import io.kontor.store.SettlementImports;
import io.kontor.store.StagedLine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Stages the lines of one import some thousands at a time, each chunk in a transaction of its own,
 * while the next chunk is read: two chunks are in memory at most. Not thread-safe.
 *
 * <p>Closing waits for the chunk that is on its way, so that afterwards nothing is added to what
 * may be discarded.
 */
final class LineStaging implements AutoCloseable {

  static final int CHUNK = 5_000;

  private final Database database;
  private final SettlementImports imports;
  private final long importId;
  private final ExecutorService stager =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "stage-statement"));

  private List<StagedLine> lines = new ArrayList<>(CHUNK);
  private Future<?> before = CompletableFuture.completedFuture(null);
  private long staged;

  LineStaging(Database database, SettlementImports imports, long importId) {
    this.database = database;
    this.imports = imports;
    this.importId = importId;
  }

  /** Adds a line; throws what went wrong with an earlier one. */
  void add(StagedLine line) {
    lines.add(line);
    if (lines.size() == CHUNK) {
      flush();
    }
  }

  /** Stages what is left, and returns how many lines were staged in all. */
  long finish() {
    flush();
    await();
    return staged;
  }

  private void flush() {
    await();
    List<StagedLine> chunk = lines;
    lines = new ArrayList<>(CHUNK);
    staged += chunk.size();
    if (!chunk.isEmpty()) {
      before = stager.submit(() -> database.run(tx -> imports.addLines(tx, importId, chunk)));
    }
  }

  private void await() {
    try {
      before.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailure(
          "interrupted", String.valueOf(importId), "the import was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    stager.shutdown();
    boolean interrupted = false;
    while (!stager.isTerminated()) {
      try {
        stager.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
