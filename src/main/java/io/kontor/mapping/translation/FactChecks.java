package io.kontor.mapping.translation;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.kontor.mapping.Channel;
import io.kontor.money.Money;
import io.kontor.money.Rounding;
import io.kontor.sales.Fact;
import io.kontor.sales.LineKind;
import io.kontor.sales.OrderLine;
import io.kontor.sales.OrderLines;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.PaymentCaptured;
import io.kontor.sales.ReceiptRung;
import io.kontor.sales.Refunded;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must be true of a fact whoever reported it: it adds up, and it can have happened. */
final class FactChecks {

  /** Older dates are clocks that were never set and zeros read as dates. */
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private static final Duration MOST_AHEAD = Duration.ofDays(1);

  private final Channel channel;
  private final Instant receivedAt;
  private final List<Finding> findings;

  FactChecks(Channel channel, Instant receivedAt, List<Finding> findings) {
    this.channel = channel;
    this.receivedAt = receivedAt;
    this.findings = findings;
  }

  void check(Fact fact) {
    plausible("revision", fact.revision());
    plausible("time", fact.occurredAt());
    currency(fact).ifPresent(this::traded);
    if (fact instanceof OrderPlaced placed) {
      placed(placed);
    } else if (fact instanceof OrderLines lines) {
      lines(lines.lines(), lines.taxIncluded());
    } else if (fact instanceof PaymentCaptured captured) {
      positive("captured amount", captured.amount());
    } else if (fact instanceof Refunded refunded) {
      refunded(refunded);
    } else if (fact instanceof ReceiptRung receipt) {
      receipt(receipt);
    }
  }

  private void plausible(String what, Instant instant) {
    if (instant.isBefore(EARLIEST)) {
      find(
          "implausible-date",
          "the %s %s lies before the year 2000: the source's clock or its export is wrong, correct the date",
          what,
          instant);
    } else if (instant.isAfter(receivedAt.plus(MOST_AHEAD))) {
      find(
          "implausible-date",
          "the %s %s lies more than a day after the receipt (%s): the source's clock is wrong, correct the date",
          what,
          instant,
          receivedAt);
    }
  }

  private static Optional<Currency> currency(Fact fact) {
    if (fact instanceof OrderPlaced placed) {
      return Optional.of(placed.currency());
    } else if (fact instanceof OrderLines lines) {
      return lines.lines().stream().map(line -> line.gross().currency()).findFirst();
    } else if (fact instanceof PaymentCaptured captured) {
      return Optional.of(captured.amount().currency());
    } else if (fact instanceof Refunded refunded) {
      return Optional.of(refunded.amount().currency());
    } else if (fact instanceof ReceiptRung receipt) {
      return Optional.of(receipt.currency());
    }
    return Optional.empty();
  }

  private void traded(Currency currency) {
    if (!channel.currencies().contains(currency)) {
      find(
          "currency-not-traded",
          "channel %s does not sell in %s, only in %s: another shop or marketplace needs a channel of its own in mappings/channels; if it is this one that sells in it, add %s to currencies in mappings/channels/%s/channel.yaml",
          channel.id(),
          currency,
          channel.currencies(),
          currency,
          channel.id());
    }
  }

  private void placed(OrderPlaced placed) {
    if (placed.linesFollow()) {
      return;
    }
    if (placed.lines().isEmpty()) {
      find(
          "no-lines",
          "the order has a total of %s but no lines: have the channel send the whole order",
          placed.total());
      return;
    }
    lines(placed.lines(), placed.taxIncluded());
    Money sum =
        Money.sum(placed.lines().stream().map(OrderLine::gross).toList(), placed.currency());
    Money residue = placed.total().minus(sum).abs();
    if (!Rounding.explains(residue, placed.lines().size())) {
      find(
          "total-differs",
          "the lines come to %s, the order's total is %s, a difference of %s: the document does not add up, correct it or have it sent again",
          sum,
          placed.total(),
          residue);
    }
  }

  private void lines(List<OrderLine> lines, boolean taxIncluded) {
    List<String> ids = lines.stream().map(OrderLine::externalId).toList();
    unique(ids);
    for (OrderLine line : lines) {
      sku(line.externalId(), line.kind(), line.sku());
      if (!line.goesWith().isEmpty() && !ids.contains(line.goesWith())) {
        find(
            "unknown-line",
            "line %s goes with line %s, which the order does not have",
            line.externalId(),
            line.goesWith());
      }
      notNegative("discount of line " + line.externalId(), line.discount());
      notNegative("amount of line " + line.externalId(), line.gross());
      Money computed =
          OrderLine.of(
                  line.externalId(),
                  line.kind(),
                  line.sku(),
                  line.title(),
                  line.quantity(),
                  line.unitPrice(),
                  line.discount(),
                  line.taxes(),
                  taxIncluded)
              .gross();
      if (!computed.equals(line.gross())) {
        find(
            "line-differs",
            "line %s: quantity × price − discount%s is %s, but %s is stated",
            line.externalId(),
            taxIncluded ? "" : " + tax",
            computed,
            line.gross());
      }
    }
  }

  private void unique(List<String> ids) {
    Set<String> seen = new HashSet<>();
    Set<String> twice = ids.stream().filter(id -> !seen.add(id)).collect(Collectors.toSet());
    if (!twice.isEmpty()) {
      find(
          "duplicate-line",
          "two lines are named %s: a line's id must be its own, correct it or have the document sent again",
          twice);
    }
  }

  private void sku(String line, LineKind kind, String sku) {
    if (kind == LineKind.GOODS && sku.isBlank()) {
      find("no-sku", "line %s is goods without a SKU: give the item one in the shop", line);
    }
  }

  private void refunded(Refunded refunded) {
    notNegative("refunded amount", refunded.amount());
    for (Refunded.Part part : refunded.parts()) {
      notNegative("part of the refund (" + part.title() + ")", part.gross());
      if (part.quantity().signum() < 0) {
        find("invalid-fact", "a part of the refund has the quantity %s", part.quantity());
      }
    }
  }

  private void receipt(ReceiptRung receipt) {
    unique(receipt.lines().stream().map(ReceiptRung.Line::externalId).toList());
    receipt.lines().forEach(line -> sku(line.externalId(), line.kind(), line.sku()));
    if (!receipt.voided() && !receipt.total().equals(receipt.tendered())) {
      find(
          "tenders-differ",
          "the lines come to %s, the tenders to %s: the receipt does not add up, correct it or have the till export it again",
          receipt.total(),
          receipt.tendered());
    }
  }

  private void positive(String what, Money amount) {
    if (!amount.isPositive()) {
      find("invalid-amount", "the %s is %s: it must be above zero", what, amount);
    }
  }

  private void notNegative(String what, Money amount) {
    if (amount.isNegative()) {
      find("invalid-amount", "the %s is %s: it cannot be below zero", what, amount);
    }
  }

  @FormatMethod
  private void find(String code, @FormatString String message, Object... values) {
    findings.add(new Finding(code, message.formatted(values)));
  }
}
