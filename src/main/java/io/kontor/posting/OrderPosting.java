package io.kontor.posting;

import io.kontor.ledger.Balances;
import io.kontor.ledger.DailyBalances;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.PostingRule;
import io.kontor.sales.Effect;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.Measure;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.OrderPosition;
import io.kontor.sales.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The journal entries of one channel's orders: for each fact what it should stand at by the rules,
 * less what is posted for it.
 *
 * <p>So a fact that arrives twice makes no entry, and one that arrives late corrects what was
 * posted without it. Immutable.
 */
public final class OrderPosting {

  /** The code of a problem: a rate of the day is missing. */
  public static final String NO_RATE = "no-exchange-rate";

  private final Channel channel;
  private final Entity entity;
  private final List<PostingRule> rules;
  private final String mappings;
  private final AccountPatterns patterns;
  private final Exchange exchange;

  /**
   * @param rules of every set; those of the channel's set are used
   * @param mappings the version of the mappings, which entries name
   */
  public OrderPosting(Channel channel, Entity entity, List<PostingRule> rules, String mappings) {
    this.channel = channel;
    this.entity = entity;
    this.rules = rules.stream().filter(rule -> rule.set().equals(channel.rules())).toList();
    this.mappings = mappings;
    this.patterns = new AccountPatterns(channel);
    this.exchange = new Exchange(entity);
  }

  public static OrderPosting of(Mappings mappings, Channel channel) {
    return new OrderPosting(
        channel, mappings.entityOf(channel), mappings.rules(), mappings.version());
  }

  /**
   * The entries that are missing. What stands on another day than its fact's is taken back there
   * and booked on the fact's own.
   *
   * @param posted what facts stand at in the ledger, by the fact's name; facts of other orders in
   *     it do no harm
   * @return none when the ledger is right already; facts without a rate have none, see {@link
   *     #problems}
   */
  public List<JournalEntry> entries(OrderPosition position, Map<String, DailyBalances> posted) {
    if (channel.recognise() == Channel.Recognition.SETTLEMENT) {
      return List.of();
    }
    boolean elsewhere = isBookedElsewhere(position);
    List<JournalEntry> entries = new ArrayList<>();
    Carried carried = new Carried(entity.currency());
    for (Effect effect : position.effects()) {
      if (!elsewhere && unknown(effect).isPresent()) {
        continue;
      }
      List<Posting> target = elsewhere ? List.of() : carried.withResult(target(effect));
      DailyBalances before = posted.getOrDefault(effect.fact().toString(), new DailyBalances());
      entries.addAll(entries(position, effect, target, before));
    }
    return entries;
  }

  /** The facts that cannot be booked, because a rate of their day is missing. */
  public List<Problem> problems(OrderPosition position) {
    if (channel.recognise() == Channel.Recognition.SETTLEMENT || isBookedElsewhere(position)) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    for (Effect effect : position.effects()) {
      unknown(effect)
          .ifPresent(
              currency ->
                  problems.add(
                      new Problem(
                          NO_RATE,
                          effect.fact().toString(),
                          exchange.missing(currency, day(effect.at()), effect.fact().toString()))));
    }
    return problems;
  }

  private Optional<Currency> unknown(Effect effect) {
    return effect.measures().stream()
        .map(measure -> measure.amount().currency())
        .filter(currency -> !exchange.knows(currency, day(effect.at())))
        .findFirst();
  }

  private List<JournalEntry> entries(
      OrderPosition position, Effect effect, List<Posting> target, DailyBalances posted) {
    LocalDate day = day(effect.at());
    List<JournalEntry> entries = new ArrayList<>();
    Balances before = new Balances();
    posted
        .days()
        .forEach(
            (on, balances) -> {
              if (on.equals(day) || stays(effect, on, day)) {
                balances.postings().forEach(before::add);
              } else {
                String what = target.isEmpty() ? ", reversed" : ", moved to " + day;
                entry(position, effect, on, Difference.between(List.of(), balances), what)
                    .ifPresent(entries::add);
              }
            });
    boolean corrects = !before.postings().isEmpty() || !entries.isEmpty();
    String what = corrects ? (target.isEmpty() ? ", reversed" : ", corrected") : "";
    entry(position, effect, day, Difference.between(target, before), what).ifPresent(entries::add);
    return entries;
  }

  /**
   * A shipment may state all that was sent so far, and is then of the day of the last of it: what
   * was booked of it before was of its own day.
   */
  private static boolean stays(Effect effect, LocalDate booked, LocalDate day) {
    return effect.kind() == FactKind.SHIPPED && booked.isBefore(day);
  }

  private Optional<JournalEntry> entry(
      OrderPosition position, Effect effect, LocalDate day, List<Posting> difference, String what) {
    if (difference.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JournalEntry(
            entity.id(),
            channel.id(),
            day,
            narration(position, effect.fact()) + what,
            effect.fact().toString(),
            channel.rules() + "/" + effect.kind().word(),
            mappings,
            difference));
  }

  /** What an effect's postings come to, with their functional amounts. */
  private List<Posting> target(Effect effect) {
    return exchange.of(
        Balances.of(legs(effect)).postings(), day(effect.at()), effect.fact().toString());
  }

  private List<Posting> legs(Effect effect) {
    List<Posting> target = new ArrayList<>();
    for (PostingRule.Leg leg : rule(effect.kind()).map(PostingRule::legs).orElse(List.of())) {
      for (Measure measure : effect.measures()) {
        if (measure.name().equals(leg.amount()) && counts(measure)) {
          target.add(posting(leg, measure));
        }
      }
    }
    return target;
  }

  /** Where VAT arises with the shipment a payment in advance owes none. */
  private boolean counts(Measure measure) {
    return !measure.name().equals(Measure.ADVANCE_TAX)
        || entity.vatPoint() == Entity.VatPoint.EARLIEST;
  }

  private Posting posting(PostingRule.Leg leg, Measure measure) {
    var account =
        patterns.account(leg.account(), measure.qualifiers(), measure.amount().currency());
    return switch (leg.side()) {
      case DEBIT -> Posting.debit(account, measure.amount());
      case CREDIT -> Posting.credit(account, measure.amount());
    };
  }

  /** Orders of before the cut-over are in somebody else's ledger, with all that comes of them. */
  private boolean isBookedElsewhere(OrderPosition position) {
    return position
        .placed()
        .map(OrderPlaced::occurredAt)
        .filter(at -> day(at).isBefore(channel.cutOver()))
        .isPresent();
  }

  private Optional<PostingRule> rule(FactKind kind) {
    return rules.stream().filter(rule -> rule.on().equals(kind.word())).findFirst();
  }

  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, entity.zone());
  }

  private static String narration(OrderPosition position, FactName fact) {
    String what =
        switch (fact.kind()) {
          case PAYMENT_CAPTURED -> "capture";
          case SHIPPED -> "shipment";
          case REFUNDED -> "refund";
          case RECEIPT_RUNG -> "receipt";
          case WRITTEN_OFF -> "write-off";
          default -> fact.kind().word();
        };
    return fact.kind() == FactKind.RECEIPT_RUNG
        ? what + " " + fact.externalId()
        : "%s %s of order %s".formatted(what, fact.externalId(), position.reference());
  }
}
