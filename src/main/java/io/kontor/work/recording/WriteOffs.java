package io.kontor.work.recording;

import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.translation.FactWriter;
import io.kontor.money.Money;
import io.kontor.posting.AccountPatterns;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.sales.WrittenOff;
import io.kontor.store.OpenClearing;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import io.kontor.work.Actor;
import io.kontor.work.settlement.Reconciliation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Gives up what is open of an order: what a channel will not pay any more goes from its clearing
 * account to {@code write-off}, what it paid too much comes from there. Whoever decides it is a
 * maker of the entry. Thread-safe.
 */
public final class WriteOffs {

  private final Store store;
  private final Mappings mappings;
  private final Recorder recorder;

  public WriteOffs(Store store, Mappings mappings, Recorder recorder) {
    this.store = store;
    this.mappings = mappings;
    this.recorder = recorder;
  }

  /**
   * What is wanted.
   *
   * @param amount a part of what is open, with its sign; by default all of it
   * @param gateway on which of the order's clearing accounts, if it has several
   * @param note why
   */
  public record Wanted(
      String channel,
      String order,
      Optional<BigDecimal> amount,
      Optional<String> gateway,
      String note) {}

  /**
   * What was written off.
   *
   * @param amount below zero what was paid too much
   * @param open what is open still
   */
  public record Done(OrderKey order, Money amount, Money open) {}

  /** A clearing account of an order, and what the order is open for in its currency. */
  private record Open(OpenClearing.Held on, Money amount) {

    String gateway(Channel channel) {
      return AccountPatterns.gatewayOf(channel, on.account());
    }
  }

  /**
   * Writes off.
   *
   * @throws RejectedFailure {@code unknown-channel}, {@code unknown-order}, {@code nothing-open},
   *     {@code several-gateways}, {@code invalid-amount}, {@code no-rule}
   */
  public Done writeOff(Wanted wanted, Actor who) {
    Channel channel = mappings.requireChannel(wanted.channel());
    require(channel);
    OrderKey order = new OrderKey(channel.entity(), channel.id(), wanted.order());
    AtomicReference<Done> done = new AtomicReference<>();
    recorder.recordMade(
        tx -> {
          store.facts().lockOrders(tx, List.of(order));
          Collection<StoredFact> facts =
              store.facts().ofOrders(tx, List.of(order)).getOrDefault(order, List.of());
          if (facts.isEmpty()) {
            throw new RejectedFailure(
                "unknown-order",
                order.toString(),
                "nothing is recorded of order %s: name it as open-orders lists it"
                    .formatted(order.order()));
          }
          Open open = open(tx, channel, order, wanted);
          Money amount = amount(order, wanted, open);
          done.set(new Done(order, amount, open.amount().minus(amount)));
          WrittenOff fact =
              new WrittenOff(
                  head(order, facts, tx.now()),
                  amount,
                  open.gateway(channel),
                  who.name(),
                  wanted.note());
          follow(tx, fact, who);
          return document(fact);
        });
    recorder.wake(EnumSet.of(Consequence.RECONCILE));
    return done.get();
  }

  private void require(Channel channel) {
    if (channel.recognise() == Channel.Recognition.SETTLEMENT) {
      throw new RejectedFailure(
          "nothing-open",
          channel.id(),
          "settlements make the revenue of channel %s: none of its orders is open"
              .formatted(channel.id()));
    }
    String rule = channel.rules() + "/" + FactKind.WRITTEN_OFF.word();
    if (mappings.rules().stream().noneMatch(known -> known.name().equals(rule))) {
      throw new RejectedFailure(
          "no-rule",
          rule,
          "accounts/rules.yaml has no rule %s: add it, and a row for its account to the chart"
              .formatted(rule));
    }
  }

  private Open open(Tx tx, Channel channel, OrderKey order, Wanted wanted) {
    Map<Currency, List<OpenClearing.Held>> held = new LinkedHashMap<>();
    for (OpenClearing.Held one :
        store.openClearing().held(tx, order, AccountPatterns.clearingOf(channel))) {
      held.computeIfAbsent(one.amount().currency(), c -> new ArrayList<>()).add(one);
    }
    List<Open> open = new ArrayList<>();
    held.forEach((currency, accounts) -> open.addAll(open(tx, channel, order, accounts)));
    wanted.gateway().ifPresent(name -> open.removeIf(one -> !one.gateway(channel).equals(name)));
    if (open.isEmpty()) {
      throw new RejectedFailure(
          "nothing-open",
          order.toString(),
          "order %s is open for nothing%s"
              .formatted(order.order(), wanted.gateway().map(" at "::concat).orElse("")));
    }
    if (open.size() > 1) {
      throw new RejectedFailure(
          "several-gateways",
          order.toString(),
          "order %s stands on several accounts, say which gateway is meant: %s"
              .formatted(
                  order.order(),
                  String.join(
                      ", ",
                      open.stream()
                          .map(one -> "%s (%s)".formatted(one.gateway(channel), one.amount()))
                          .toList())));
    }
    return open.get(0);
  }

  /**
   * What the accounts of one currency are open for. Settlements do not say which of several they
   * relieve: then no more than stands there can be written off from any.
   */
  private List<Open> open(
      Tx tx, Channel channel, OrderKey order, List<OpenClearing.Held> accounts) {
    Currency currency = accounts.get(0).amount().currency();
    Money held = Money.sum(accounts.stream().map(OpenClearing.Held::amount).toList(), currency);
    Money open =
        held.minus(store.openClearing().settled(tx, order, currency, channel.refundsReported()));
    if (open.isZero()) {
      return List.of();
    }
    if (accounts.size() == 1) {
      return List.of(new Open(accounts.get(0), open));
    }
    return accounts.stream()
        .filter(one -> !one.amount().isZero())
        .filter(one -> one.amount().isNegative() == open.isNegative())
        .map(
            one ->
                new Open(one, open.isNegative() ? one.amount().max(open) : one.amount().min(open)))
        .toList();
  }

  private static Money amount(OrderKey order, Wanted wanted, Open open) {
    if (wanted.amount().isEmpty()) {
      return open.amount();
    }
    Money amount = Money.of(wanted.amount().get(), open.amount().currency());
    boolean within =
        amount.isNegative() == open.amount().isNegative()
            && !amount.isZero()
            && amount.abs().compareTo(open.amount().abs()) <= 0;
    if (!within) {
      throw new RejectedFailure(
          "invalid-amount",
          order.toString(),
          "order %s is open for %s: %s is no part of that"
              .formatted(order.order(), open.amount(), amount));
    }
    return amount;
  }

  /** Numbered by order: a second decision is another fact. */
  private static FactHead head(OrderKey order, Collection<StoredFact> facts, Instant now) {
    long before = facts.stream().filter(f -> f.name().kind() == FactKind.WRITTEN_OFF).count();
    FactName name =
        new FactName(
            order.entity(),
            order.channel(),
            FactKind.WRITTEN_OFF,
            order.order() + "/" + (before + 1));
    return new FactHead(name, order, now, now);
  }

  /** Its settlements are matched again, which may explain them. */
  private void follow(Tx tx, WrittenOff fact, Actor who) {
    String order = fact.order().toString();
    store
        .deliveries()
        .want(
            tx,
            store.settledOrders().about(tx, fact.order()).stream()
                .map(settlement -> Reconciliation.wanted(settlement.orderKey()))
                .toList());
    store.makers().onward(tx, List.of(order), who.name(), "write-off", tx.now());
    store
        .audit()
        .append(tx, who.name(), "write-off", order, "%s: %s".formatted(fact.amount(), fact.note()));
  }

  private static RawDocument document(WrittenOff fact) {
    return new RawDocument(
        fact.order().channel(),
        Channel.WRITE_OFFS,
        fact.name().externalId(),
        fact.occurredAt(),
        "application/json",
        FactWriter.write(fact).getBytes(StandardCharsets.UTF_8));
  }
}
