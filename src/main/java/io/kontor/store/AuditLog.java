package io.kontor.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Who did what and when; append-only. */
public final class AuditLog {

  /** One act. */
  public record Act(long id, Instant at, String who, String what, String subject, String detail) {}

  public void append(Tx tx, String who, String what, String subject, String detail) {
    tx.update(
        "INSERT INTO audit_log (at, who, what, subject, detail) VALUES (?, ?, ?, ?, ?)",
        tx.now(),
        who,
        what,
        subject,
        Tx.printable(detail));
  }

  /** The newest acts first. */
  public List<Act> newest(Tx tx, int limit) {
    return tx.query("SELECT * FROM audit_log ORDER BY id DESC LIMIT ?", AuditLog::read, limit);
  }

  private static Act read(ResultSet row) throws SQLException {
    return new Act(
        row.getLong("id"),
        Columns.instant(row, "at"),
        row.getString("who"),
        row.getString("what"),
        row.getString("subject"),
        row.getString("detail"));
  }
}
