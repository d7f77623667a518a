package io.kontor.work.desk;

import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.sales.Problem;
import io.kontor.store.WorkItem;
import java.util.Set;

/** Under which key trouble stands on the desk, so that the same trouble is one item. */
public final class DeskKeys {

  /** The code of a settlement that came again with other content. */
  public static final String SETTLEMENT_CHANGED = "settlement-changed";

  private static final Set<String> FINANCE =
      Set.of(
          Problem.REFUND_ABOVE_CAPTURED,
          Problem.PAID_ABOVE_ORDER,
          "unknown-code",
          "unknown-order",
          "no-settlement-tax",
          "order-differs",
          "order-duplicate",
          "order-missing",
          "order-of-another-channel",
          "fee-differs",
          "debt-chain-broken",
          "reserve-chain-broken",
          "settlement-missing",
          "settlement-twice",
          "settlement-total-differs",
          SETTLEMENT_CHANGED,
          "account-not-in-chart",
          "no-exchange-rate",
          "batch-changed",
          "posted-already",
          "file-book-differs",
          "period-locked");

  private DeskKeys() {}

  /** Something in the facts of an order does not fit. */
  public static String problem(OrderKey order, String code) {
    return "problem:" + code + ":" + order;
  }

  /**
   * What a document says of an order could not be translated. The next document of the same kind
   * states the order anew.
   */
  public static String untranslated(String document, OrderKey order) {
    return "document:" + document + ":" + order;
  }

  /** A document that is about one fact could not be translated: no other one says the same. */
  public static String untranslated(FactName fact) {
    return "document:" + fact;
  }

  /** A fact came again with the same revision and other content. */
  public static String conflict(FactName fact) {
    return "revision-conflict:" + fact;
  }

  /** A delivery needs a person. */
  public static String delivery(String deliveryId) {
    return "delivery:" + deliveryId;
  }

  public static WorkItem.Team team(String code) {
    return FINANCE.contains(code) ? WorkItem.Team.FINANCE : WorkItem.Team.OPERATIONS;
  }
}
