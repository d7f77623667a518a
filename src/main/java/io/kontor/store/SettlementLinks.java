package io.kontor.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What each settlement says of the ones around it. */
public final class SettlementLinks {

  /** Amounts as the settlement signs them; {@code marketplace} may be empty. */
  public record Link(
      String marketplace,
      BigDecimal debtCarriedIn,
      BigDecimal debtCarriedOut,
      BigDecimal reserveBroughtIn,
      BigDecimal reserveHeld) {

    /** What the settlement's lines of debts come to. */
    public BigDecimal debt() {
      return debtCarriedIn.add(debtCarriedOut);
    }
  }

  /** A settlement with its link. */
  public record Linked(Settlement settlement, Link link) {}

  /** Keeps the link of a settlement, in place of the one that was kept before. */
  public void put(Tx tx, Settlement settlement, Link link) {
    long id = settlement.importId();
    tx.update("DELETE FROM settlement_link WHERE import_id = ?", id);
    tx.update(
        """
        INSERT INTO settlement_link (import_id, marketplace, debt_carried_in, debt_carried_out,
          reserve_brought_in, reserve_held) VALUES (?, ?, ?, ?, ?, ?)""",
        id,
        link.marketplace(),
        link.debtCarriedIn(),
        link.debtCarriedOut(),
        link.reserveBroughtIn(),
        link.reserveHeld());
  }

  /** Every linked settlement of a channel, the oldest period first. */
  public List<Linked> list(Tx tx, String entity, String channel) {
    return tx.query(
        """
        SELECT s.*, l.marketplace, l.debt_carried_in, l.debt_carried_out, l.reserve_brought_in,
          l.reserve_held
        FROM settlement s JOIN settlement_link l ON l.import_id = s.import_id
        WHERE s.entity = ? AND s.channel = ? ORDER BY s.period_from, s.settlement_id""",
        row -> new Linked(Settlements.read(row), link(row)),
        entity,
        channel);
  }

  /** The link of a settlement; empty until it is booked. */
  public Optional<Link> find(Tx tx, Settlement settlement) {
    return tx.first(
        "SELECT * FROM settlement_link WHERE import_id = ?",
        SettlementLinks::link,
        settlement.importId());
  }

  private static Link link(ResultSet row) throws SQLException {
    return new Link(
        row.getString("marketplace"),
        row.getBigDecimal("debt_carried_in"),
        row.getBigDecimal("debt_carried_out"),
        row.getBigDecimal("reserve_brought_in"),
        row.getBigDecimal("reserve_held"));
  }
}
