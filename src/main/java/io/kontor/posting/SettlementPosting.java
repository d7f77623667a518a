package io.kontor.posting;

import io.kontor.failure.RejectedFailure;
import io.kontor.failure.UnmappedFailure;
import io.kontor.ledger.Account;
import io.kontor.ledger.Balances;
import io.kontor.ledger.DailyBalances;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Entity;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.money.Money;
import io.kontor.sales.Problem;
import io.kontor.sales.SettlementReceived;
import io.kontor.words.Words;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The journal entries of one channel's settlements. Every line is taken off the account on which
 * the ledger has it, or booked by its code; the total stands on the payout, or on the debt to the
 * channel. Nothing is left over by construction, and it is checked all the same. Immutable.
 */
public final class SettlementPosting {

  private static final String RULE = "settlement";

  private final Channel channel;
  private final Entity entity;
  private final SettlementCodes codes;
  private final String mappings;
  private final AccountPatterns patterns;
  private final Exchange exchange;

  /**
   * @param codes what the channel's codes mean
   * @param mappings the version of the mappings, which entries name
   */
  public SettlementPosting(Channel channel, Entity entity, SettlementCodes codes, String mappings) {
    this.channel = channel;
    this.entity = entity;
    this.codes = codes;
    this.mappings = mappings;
    this.patterns = new AccountPatterns(channel);
    this.exchange = new Exchange(entity);
  }

  /**
   * What a settlement comes to in the ledger.
   *
   * @param entries one for each month of posted dates, oldest first
   * @param problems codes and orders that are not known: their lines stand in suspense; and what
   *     cannot be told of taxes
   */
  public record Outcome(List<JournalEntry> entries, List<Problem> problems) {

    public Outcome {
      entries = List.copyOf(entries);
      problems = List.copyOf(problems);
    }
  }

  /**
   * The entries that are missing, for instance since a code became known.
   *
   * @param posted what is posted for this settlement, by month
   * @param ledger the entity's balances at the end of a day: what it takes of them in another
   *     currency has a cost; asked only then
   * @throws UnmappedFailure {@code no-exchange-rate} if the currency has no rate on an entry's day
   * @throws RejectedFailure {@code settlement-total-differs} or {@code settlement-currency} if the
   *     lines are not what the settlement says they are
   */
  public Outcome entries(
      SettlementReceived settlement,
      List<SettledSum> sums,
      Map<YearMonth, DailyBalances> posted,
      Function<LocalDate, Balances> ledger) {
    check(settlement, sums);
    SettledLines lines = new SettledLines(channel, codes, sums);
    Suspended suspended = new Suspended(settlement.name().toString());
    SettlementLegs legs =
        new SettlementLegs(channel, codes, lines, suspended, settlement.order().order());
    Account payout = payout(settlement.total());
    Map<YearMonth, List<Posting>> targets = new TreeMap<>();
    Money elsewhere = Money.zero(settlement.total().currency());
    for (SettledSum sum : sums) {
      List<Posting> target = targets.computeIfAbsent(sum.month(), month -> new ArrayList<>());
      for (SettledLines.Part part : legs.of(sum)) {
        if (part.account().equals(payout)) {
          elsewhere = elsewhere.plus(part.credit());
        }
        target.add(Posting.credit(part.account(), part.credit()));
      }
      target.add(Posting.debit(payout, sum.sum()));
    }
    List<JournalEntry> entries = new ArrayList<>();
    Balances all = new Balances();
    TreeSet<YearMonth> months = new TreeSet<>(targets.keySet());
    months.addAll(posted.keySet());
    for (YearMonth month : months) {
      DailyBalances booked = posted.getOrDefault(month, new DailyBalances());
      Balances before = booked.sum();
      before.postings().forEach(all::add);
      LocalDate date = date(settlement, month, booked);
      List<Posting> difference =
          difference(settlement, date, targets.getOrDefault(month, List.of()), before);
      if (!difference.isEmpty()) {
        entries.add(
            entry(
                settlement,
                date,
                withResult(difference, () -> ledger.apply(date), entries),
                !before.postings().isEmpty()));
      }
    }
    entries.forEach(entry -> entry.postings().forEach(all::add));
    lines.withoutTax().forEach(suspended::withoutTax);
    checkPayout(settlement, payout, all.of(payout, elsewhere.currency()).plus(elsewhere));
    return new Outcome(entries, suspended.problems());
  }

  private void check(SettlementReceived settlement, List<SettledSum> sums) {
    String id = settlement.order().order();
    for (SettledSum sum : sums) {
      if (!sum.sum().currency().equals(settlement.total().currency())) {
        throw new RejectedFailure(
            "settlement-currency",
            id,
            "settlement %s is in %s, but lines of code %s are in %s"
                .formatted(id, settlement.total().currency(), sum.code(), sum.sum().currency()));
      }
    }
    Money lines =
        Money.sum(sums.stream().map(SettledSum::sum).toList(), settlement.total().currency());
    if (!lines.equals(settlement.total())) {
      throw new RejectedFailure(
          "settlement-total-differs",
          id,
          "the lines of settlement %s come to %s, its total is %s"
              .formatted(id, lines, settlement.total()));
    }
  }

  private Account payout(Money total) {
    return total.isNegative()
        ? new Account(Roles.DEBT + ":" + channel.id())
        : patterns.payout(total.currency());
  }

  private List<Posting> difference(
      SettlementReceived settlement, LocalDate date, List<Posting> target, Balances before) {
    // What is posted has its functional amounts: only with them can the two be compared.
    return Difference.between(exchanged(settlement, date, target), Carried.withoutResult(before));
  }

  private List<Posting> exchanged(
      SettlementReceived settlement, LocalDate date, List<Posting> target) {
    try {
      return exchange.of(Balances.of(target).postings(), date, settlement.name().toString());
    } catch (UnmappedFailure e) {
      Currency currency = settlement.total().currency();
      if (channel.currencies().contains(currency)) {
        throw e;
      }
      throw new UnmappedFailure(
          e.code(),
          e.reference(),
          "%s. Channel %s does not sell in %s: if the statement is of another channel, withdraw it (settlements %s %s --withdraw)"
              .formatted(
                  e.getMessage(), channel.id(), currency, channel.id(), settlement.order().order()),
          e);
    }
  }

  /** Together with what is realised of accounts in another currency. */
  private List<Posting> withResult(
      List<Posting> difference, Supplier<Balances> ledger, List<JournalEntry> earlier) {
    if (difference.stream().noneMatch(Posting::isForeign)) {
      return difference;
    }
    Balances before = ledger.get();
    earlier.forEach(entry -> entry.postings().forEach(before::add));
    return Difference.between(
        new Carried(entity.currency(), before).withResult(difference), new Balances());
  }

  private JournalEntry entry(
      SettlementReceived settlement, LocalDate date, List<Posting> postings, boolean corrects) {
    String narration = "settlement %s".formatted(settlement.order().order());
    return new JournalEntry(
        entity.id(),
        channel.id(),
        date,
        corrects ? narration + ", corrected" : narration,
        settlement.name().toString(),
        RULE + "/" + Words.of(channel.recognise()),
        mappings,
        postings);
  }

  /**
   * The settlement's last day; for an earlier month that month's last, for a later its first. Never
   * before what it corrects.
   */
  private LocalDate date(SettlementReceived settlement, YearMonth month, DailyBalances booked) {
    LocalDate last = LocalDate.ofInstant(settlement.to(), entity.zone());
    int order = month.compareTo(YearMonth.from(last));
    LocalDate date = order == 0 ? last : order < 0 ? month.atEndOfMonth() : month.atDay(1);
    return booked.days().isEmpty() || booked.days().lastKey().isBefore(date)
        ? date
        : booked.days().lastKey();
  }

  private static void checkPayout(SettlementReceived settlement, Account payout, Money standsAt) {
    if (!standsAt.equals(settlement.total())) {
      throw new RejectedFailure(
          "settlement-entry-differs",
          settlement.order().order(),
          "the entries of settlement %s put %s on %s, its total is %s"
              .formatted(settlement.order().order(), standsAt, payout, settlement.total()));
    }
  }
}
