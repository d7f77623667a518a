package io.kontor.work.settlement;

import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.posting.AccountPatterns;
import io.kontor.store.OpenClearing;
import io.kontor.store.Store;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
   * @throws RejectedFailure {@code unknown-currency} if the channel neither sells in it nor was
   *     paid in it
   */
  public Report open(String channel, Optional<Currency> currency) {
    Channel known = mappings.requireChannel(channel);
    Currency wanted = currency.orElseGet(() -> known.currencies().iterator().next());
    Set<Currency> used = used(known);
    if (!used.contains(wanted)) {
      throw new RejectedFailure(
          "unknown-currency",
          wanted.getCurrencyCode(),
          "channel %s has nothing in %s, only in %s"
              .formatted(
                  channel, wanted, used.stream().map(Currency::getCurrencyCode).sorted().toList()));
    }
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

  /** Those that it sells in, and those that its settlements are in. */
  private Set<Currency> used(Channel channel) {
    Set<Currency> used = new HashSet<>(channel.currencies());
    store.database().inTransaction(tx -> store.settlements().list(tx, channel.entity())).stream()
        .filter(settlement -> settlement.channel().equals(channel.id()))
        .forEach(settlement -> used.add(settlement.total().currency()));
    return used;
  }
}
