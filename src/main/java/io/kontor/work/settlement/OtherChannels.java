package io.kontor.work.settlement;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.sales.Problem;
import io.kontor.store.SettledOrders;
import io.kontor.store.Settlement;
import io.kontor.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds what another channel has sold and booked already: the settlement of a channel that is
 * recognised by its settlements makes revenue and tax of whatever it names. So it is where a
 * payment provider was made a channel of its own.
 */
final class OtherChannels {

  /** How many orders an item names. */
  private static final int MOST_NAMED = 5;

  private final SettledOrders orders;
  private final Mappings mappings;

  OtherChannels(SettledOrders orders, Mappings mappings) {
    this.orders = orders;
    this.mappings = mappings;
  }

  /** A problem for each channel of the same entity that has sold what the settlement names. */
  List<Problem> soldBy(Tx tx, Settlement settlement) {
    Channel channel = mappings.channels().get(settlement.channel());
    if (channel.recognise() != Channel.Recognition.SETTLEMENT) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    mappings.channels().values().stream()
        .filter(
            other -> other.entity().equals(channel.entity()) && !other.id().equals(channel.id()))
        .filter(other -> other.kind() != Channel.Kind.POS)
        .sorted(Comparator.comparing(Channel::id))
        .forEach(
            other -> {
              List<String> sold =
                  orders.ofAnotherChannel(tx, settlement, other.id(), MOST_NAMED + 1);
              if (!sold.isEmpty()) {
                problems.add(problem(settlement, other, sold));
              }
            });
    return problems;
  }

  private static Problem problem(Settlement settlement, Channel other, List<String> sold) {
    return new Problem(
        "order-of-another-channel",
        settlement.orderKey() + "/" + other.id(),
        ("settlement %s makes revenue and tax of orders that channel %s has sold (%s%s): if they are"
                + " the same orders, both are booked twice; withdraw it (settlements %s %s --withdraw)."
                + " What only takes payments is no channel")
            .formatted(
                settlement.settlementId(),
                other.id(),
                String.join(", ", sold.subList(0, Math.min(MOST_NAMED, sold.size()))),
                sold.size() > MOST_NAMED ? " and others" : "",
                settlement.channel(),
                settlement.settlementId()));
  }
}
