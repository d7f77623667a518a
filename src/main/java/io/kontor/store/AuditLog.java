package io.kontor.store;

import java.time.Instant;
import java.util.List;

/** Who did what and when; append-only. */
public final class AuditLog {

  /** One act. */
  public record Act(long id, Instant at, String who, String what, String subject, String detail) {}

  public void append(Tx tx, String who, String what, String subject, String detail) {
    tx.pending();
  }

  /** The newest acts first. */
  public List<Act> newest(Tx tx, int limit) {
    return tx.pending();
  }

  /** What was done to one thing, oldest first. */
  public List<Act> of(Tx tx, String subject) {
    return tx.pending();
  }
}
