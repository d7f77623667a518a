package io.kontor.sandbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a transaction sees under snapshot isolation. The sandbox runs calls one after the other; a
 * {@code load} that arrived before another one of the same external ids was committed is refused,
 * as PostgreSQL refuses it.
 */
final class Concurrency {

  private final Map<String, Long> writtenAt = new HashMap<>();
  private long commits;

  /** What was committed when a call arrived. */
  final class Snapshot {

    private final long at;
    private final Set<String> touched = new HashSet<>();

    private Snapshot(long at) {
      this.at = at;
    }

    /** Whether an external id was written after this call had arrived. */
    boolean conflicts(String externalId) {
      return at < writtenAt.getOrDefault(externalId, 0L);
    }

    /** Whether this call was told to find everything written meanwhile. */
    boolean stale() {
      return at < 0;
    }

    void touches(String externalId) {
      touched.add(externalId);
    }

    void commit() {
      synchronized (Concurrency.this) {
        commits++;
        touched.forEach(externalId -> writtenAt.put(externalId, commits));
      }
    }
  }

  /** Taken when a call arrives, before it waits for its turn. */
  synchronized Snapshot arrive() {
    return new Snapshot(commits);
  }

  /** A snapshot that conflicts with everything, for faults on command. */
  Snapshot outdated() {
    return new Snapshot(-1);
  }
}
