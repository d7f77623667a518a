package io.kontor.sales;

import io.kontor.money.Money;
import java.util.Currency;
import java.util.List;

/**
 * A buyer placed an order, or changed it: the newest revision states the whole order.
 *
 * @param reference what the buyer and the seller call the order: {@code #1001}
 * @param taxIncluded whether unit prices and discounts contain the taxes
 * @param warehouse the code of the warehouse that the channel names; may be empty
 * @param lines goods and charges; empty when {@code linesFollow}
 * @param total what the channel says the buyer pays, tax included
 * @param linesFollow the channel sends the lines as a document of their own ({@link OrderLines})
 */
public record OrderPlaced(
    FactHead head,
    String reference,
    Currency currency,
    boolean taxIncluded,
    Customer customer,
    String warehouse,
    List<OrderLine> lines,
    Money total,
    boolean linesFollow)
    implements Fact {

  public OrderPlaced {
    lines = List.copyOf(lines);
  }

  /** The same of another buyer. */
  public OrderPlaced by(Customer buyer) {
    return new OrderPlaced(
        head, reference, currency, taxIncluded, buyer, warehouse, lines, total, linesFollow);
  }
}
