package io.kontor.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * The headers of settlements, which {@link SettlementImports} makes count; {@link SettlementLines}
 * has their lines.
 */
public final class Settlements {

  public Optional<Settlement> find(Tx tx, String entity, String channel, String settlementId) {
    return tx.first(
        "SELECT * FROM settlement WHERE entity = ? AND channel = ? AND settlement_id = ?",
        Settlements::read,
        entity,
        channel,
        settlementId);
  }

  /** Every settlement of an entity, newest period first. */
  public List<Settlement> list(Tx tx, String entity) {
    return list(tx, entity, Integer.MAX_VALUE);
  }

  /** The newest settlements of an entity, newest period first. */
  public List<Settlement> list(Tx tx, String entity, int limit) {
    return tx.query(
        """
        SELECT * FROM settlement WHERE entity = ?
        ORDER BY period_to DESC, channel, settlement_id LIMIT ?""",
        Settlements::read,
        entity,
        limit);
  }

  /** The settlements of an entity that are not in this state. */
  public List<Settlement> notIn(Tx tx, String entity, String state) {
    return tx.query(
        "SELECT * FROM settlement WHERE entity = ? AND state <> ? ORDER BY channel, settlement_id",
        Settlements::read,
        entity,
        state);
  }

  /** Settlements of a channel in one currency, the oldest period first. */
  public List<Settlement> ofChannel(Tx tx, String entity, String channel, Currency currency) {
    return tx.query(
        """
        SELECT * FROM settlement WHERE entity = ? AND channel = ? AND currency = ?
        ORDER BY period_from, settlement_id""",
        Settlements::read,
        entity,
        channel,
        currency.getCurrencyCode());
  }

  /**
   * Takes a settlement out of what counts; the lines of its import stay, and nobody asks for them.
   */
  public void remove(Tx tx, Settlement settlement) {
    tx.update(
        "DELETE FROM settlement WHERE entity = ? AND channel = ? AND settlement_id = ?",
        settlement.entity(),
        settlement.channel(),
        settlement.settlementId());
  }

  /** Says how far a settlement is. */
  public void state(Tx tx, Settlement settlement, String state) {
    tx.update(
        "UPDATE settlement SET state = ? WHERE entity = ? AND channel = ? AND settlement_id = ?",
        state,
        settlement.entity(),
        settlement.channel(),
        settlement.settlementId());
  }

  static Settlement read(ResultSet row) throws SQLException {
    return new Settlement(
        row.getString("entity"),
        row.getString("channel"),
        row.getString("settlement_id"),
        row.getString("content_hash"),
        row.getLong("import_id"),
        row.getString("state"),
        Columns.instant(row, "period_from"),
        Columns.instant(row, "period_to"),
        Columns.optionalInstant(row, "paid_on"),
        Columns.money(row, "total", "currency"),
        row.getLong("lines"),
        row.getString("raw_id"));
  }
}
