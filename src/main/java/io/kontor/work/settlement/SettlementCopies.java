package io.kontor.work.settlement;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.sales.Problem;
import io.kontor.store.Settlement;
import io.kontor.store.Settlements;
import io.kontor.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the settlements that count in several channels of one vendor: a vendor gives each number
 * once, so a statement that was imported into the wrong channel too is booked twice, perhaps in the
 * books of another entity.
 */
final class SettlementCopies {

  private final Settlements settlements;
  private final Mappings mappings;

  SettlementCopies(Settlements settlements, Mappings mappings) {
    this.settlements = settlements;
    this.mappings = mappings;
  }

  /**
   * Looks at a settlement and at those of its number in the vendor's other channels.
   *
   * @return each of them with its problem, or without one: of those that are alike, all but the
   *     first that came have one. In the order of the channels, so that two who do this at once do
   *     not wait for each other.
   */
  Map<Settlement, Optional<Problem>> of(Tx tx, Settlement settlement) {
    String vendor = mappings.channels().get(settlement.channel()).vendor();
    List<Settlement> numbered = new ArrayList<>();
    mappings.channels().values().stream()
        .filter(channel -> channel.vendor().equals(vendor))
        .sorted(Comparator.comparing(Channel::id))
        .forEach(
            channel ->
                settlements
                    .find(tx, channel.entity(), channel.id(), settlement.settlementId())
                    .ifPresent(numbered::add));
    Map<Settlement, Optional<Problem>> copies = new LinkedHashMap<>();
    for (Settlement one : numbered) {
      copies.put(
          one,
          numbered.stream()
              .filter(other -> isCopy(one, other))
              .min(Comparator.comparingLong(Settlement::importId))
              .map(first -> problem(one, first)));
    }
    return copies;
  }

  /** Those of no money, such as the withdrawn, are all alike, and nothing of them is booked. */
  private static boolean isCopy(Settlement one, Settlement first) {
    return first.importId() < one.importId()
        && !one.total().isZero()
        && one.total().equals(first.total());
  }

  private static Problem problem(Settlement copy, Settlement first) {
    return new Problem(
        "settlement-twice",
        copy.orderKey().toString(),
        "settlement %s of channel %s is in channel %s as well, with the same total of %s: if it is the same one, it is booked twice; find out of which channel it is, and withdraw it in the other (settlements %s %s --withdraw, or settlements %s %s --withdraw)"
            .formatted(
                copy.settlementId(),
                copy.channel(),
                first.channel(),
                copy.total(),
                copy.channel(),
                copy.settlementId(),
                first.channel(),
                first.settlementId()));
  }
}
