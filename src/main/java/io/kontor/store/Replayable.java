package io.kontor.store;

import io.kontor.document.RawDocument;
import io.kontor.sales.OrderKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which recorded documents can be read again, and which orders stand on them. */
public final class Replayable {

  /**
   * Settlements are booked again by the night, which looks at their lines and not at a document.
   */
  private static final String NO_SETTLEMENT = "f.kind <> 'settlement-received'";

  /**
   * Which documents are meant: those that fit everything that is given.
   *
   * @param id of one document: {@code channel/document/event}
   * @param from received at this instant or later
   * @param until received before this instant
   */
  public record Selection(
      Optional<String> channel,
      Optional<String> document,
      Optional<String> id,
      Optional<Instant> from,
      Optional<Instant> until) {

    private Conditions conditions() {
      return new Conditions()
          .and("r.channel = ?", channel)
          .and("r.document = ?", document)
          .and("r.id = ?", id)
          .and("r.received_at >= ?", from)
          .and("r.received_at < ?", until)
          .and("r.outcome <> 'refused'");
    }

    private Conditions kept() {
      return conditions().and("NOT r.purged");
    }
  }

  /**
   * How much there is.
   *
   * @param documents that can be read
   * @param orders whose present facts were read from them
   * @param purged documents whose bodies are gone
   */
  public record Size(long documents, long orders, long purged) {}

  /** Notes who had what is recorded of these orders read again. */
  public void replayed(Tx tx, Collection<OrderKey> orders, String who) {
    tx.batch(
        "INSERT INTO replayed (subject, who, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        orders.stream().map(OrderKey::toString).sorted().toList(),
        subject -> new Object[] {subject, who, tx.now()});
  }

  public Size size(Tx tx, Selection selection) {
    Conditions kept = selection.kept();
    Conditions purged = selection.conditions().and("r.purged");
    Conditions orders = selection.kept().and(NO_SETTLEMENT);
    return new Size(
        tx.count("SELECT COUNT(*) FROM raw_document r" + kept.where(), kept.parameters()),
        tx.count(
            "SELECT COUNT(DISTINCT f.order_key) FROM fact f JOIN raw_document r ON r.id = f.raw_id"
                + orders.where(),
            orders.parameters()),
        tx.count("SELECT COUNT(*) FROM raw_document r" + purged.where(), purged.parameters()));
  }

  /** The orders with a present fact from such a document, in the order of their keys. */
  public List<OrderKey> orders(Tx tx, Selection selection, String after, int limit) {
    Conditions conditions =
        selection.kept().and(NO_SETTLEMENT).and("f.order_key > ?", Optional.of(after));
    return tx.query(
        "SELECT DISTINCT f.order_key FROM fact f JOIN raw_document r ON r.id = f.raw_id"
            + conditions.where()
            + " ORDER BY f.order_key LIMIT ?",
        row -> Columns.orderKey(row, "order_key"),
        conditions.parameters(limit));
  }

  /** The documents from which present facts of these orders were read. */
  public List<RawDocument> ofOrders(Tx tx, Selection selection, Collection<OrderKey> orders) {
    Conditions conditions =
        selection
            .kept()
            .and(
                "f.order_key = ANY(?)",
                Optional.of(orders.stream().map(OrderKey::toString).sorted().toList()));
    List<String> ids =
        tx.query(
            "SELECT DISTINCT r.id FROM fact f JOIN raw_document r ON r.id = f.raw_id"
                + conditions.where(),
            row -> row.getString(1),
            conditions.parameters());
    return ids.isEmpty()
        ? List.of()
        : tx.query(
            "SELECT * FROM raw_document WHERE id = ANY(?) ORDER BY id",
            row -> Archive.read(row).document(),
            ids);
  }

  /** Such documents, in the order of their ids. */
  public List<Archive.Archived> documents(Tx tx, Selection selection, String after, int limit) {
    Conditions conditions = selection.kept().and("r.id > ?", Optional.of(after));
    return tx.query(
        "SELECT * FROM raw_document r" + conditions.where() + " ORDER BY r.id LIMIT ?",
        Archive::read,
        conditions.parameters(limit));
  }
}
