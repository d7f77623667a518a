package io.kontor.posting;

import io.kontor.failure.RejectedFailure;
import io.kontor.ledger.Account;
import io.kontor.mapping.Channel;
import io.kontor.mapping.statement.SettlementCode;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.posting.SettledSum.OrderState;
import java.util.List;
import java.util.Optional;

/**
 * The legs of a settlement's entries: each line is taken off what its order opened, or stands where
 * its code says, or in suspense. What is not known is noted. Not thread-safe.
 */
final class SettlementLegs {

  private final Channel channel;
  private final SettlementCodes codes;
  private final SettledLines lines;
  private final Suspended suspended;
  private final AccountPatterns patterns;
  private final String settlement;

  /**
   * @param suspended takes what is not known
   * @param settlement its id
   */
  SettlementLegs(
      Channel channel,
      SettlementCodes codes,
      SettledLines lines,
      Suspended suspended,
      String settlement) {
    this.channel = channel;
    this.codes = codes;
    this.lines = lines;
    this.suspended = suspended;
    this.patterns = new AccountPatterns(channel);
    this.settlement = settlement;
  }

  /**
   * Where a sum goes; the parts add up to it.
   *
   * @throws RejectedFailure {@code settlement-gateway-unknown} if it is not known whose payout it
   *     is
   */
  List<SettledLines.Part> of(SettledSum sum) {
    Optional<SettlementCode> code = codes.find(sum.code(), sum.marketplace());
    if (code.isEmpty()) {
      suspended.add("unknown-code", sum);
      return List.of(whole(suspense(), sum));
    }
    return switch (code.get().nature()) {
      case SALE, REFUND -> ofOrder(sum, code.get());
      case OTHER -> ofMarketplace(sum, code.get());
      case FACILITATED, FEE, RESERVE -> lines.parts(code.get(), sum);
    };
  }

  private static SettledLines.Part whole(Account account, SettledSum sum) {
    return new SettledLines.Part(account, sum.sum());
  }

  private List<SettledLines.Part> ofOrder(SettledSum sum, SettlementCode code) {
    boolean bySettlement = channel.recognise() == Channel.Recognition.SETTLEMENT;
    if (bySettlement && sum.order() != OrderState.KNOWN) {
      return byCode(sum, code);
    }
    if (sum.order() == OrderState.BEFORE_CUTOVER) {
      return List.of(whole(new Account("receivable-before-cutover:" + channel.id()), sum));
    }
    if (sum.order() != OrderState.KNOWN) {
      suspended.add("unknown-order", sum);
      return List.of(whole(suspense(), sum));
    }
    if (code.nature() == SettlementCode.Nature.REFUND && !channel.refundsReported()) {
      return byCode(sum, code);
    }
    if (channel.capturesReported()) {
      throw new RejectedFailure(
          "settlement-gateway-unknown",
          settlement,
          "channel %s clears by gateway; its settlement must say whose payout it is"
              .formatted(channel.id()));
    }
    return List.of(whole(patterns.clearing(sum.sum().currency()), sum));
  }

  /** Tax of what names no marketplace, stock that was sold off, is of none that a table lacks. */
  private List<SettledLines.Part> ofMarketplace(SettledSum sum, SettlementCode code) {
    return sum.marketplace().isEmpty() ? lines.parts(code, sum) : byCode(sum, code);
  }

  private List<SettledLines.Part> byCode(SettledSum sum, SettlementCode code) {
    if (lines.lacksTax(code, sum)) {
      suspended.untaxed(sum);
    }
    return lines.parts(code, sum);
  }

  private Account suspense() {
    return new Account("suspense:" + channel.id());
  }
}
