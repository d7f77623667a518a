package io.kontor.work.settlement;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.posting.AccountPatterns;
import io.kontor.store.OpenClearing;
import io.kontor.store.Store;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** What people read of the orders that are still to be settled. Thread-safe. */
public final class OpenOrderReports {

  private static final int MOST = 1_000;

  private final Store store;
  private final Mappings mappings;

  public OpenOrderReports(Store store, Mappings mappings) {
    this.store = store;
    this.mappings = mappings;
  }

  /**
   * The orders of a channel that are open.
   *
   * @param count how many there are
   * @param open what all of them together are open for
   * @param orders the oldest of them
   */
  public record Report(
      String entity,
      String channel,
      Currency currency,
      long count,
      BigDecimal open,
      List<OpenClearing.Open> orders) {

    public Report {
      orders = List.copyOf(orders);
    }
  }

  /**
   * What is open.
   *
   * @param currency by default the channel's first
   */
  public Report open(String channel, Optional<Currency> currency) {
    Channel known = mappings.requireChannel(channel);
    Currency wanted = currency.orElseGet(() -> known.currencies().iterator().next());
    OpenClearing.Search search =
        new OpenClearing.Search(
            known.entity(),
            channel,
            wanted,
            AccountPatterns.clearingOf(known),
            known.refundsReported());
    return store
        .database()
        .inTransaction(
            tx -> {
              OpenClearing.Total total = store.openClearing().total(tx, search);
              return new Report(
                  known.entity(),
                  channel,
                  wanted,
                  total.orders(),
                  total.open(),
                  store.openClearing().list(tx, search, MOST));
            });
  }
}
