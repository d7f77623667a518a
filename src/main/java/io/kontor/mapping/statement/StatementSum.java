package io.kontor.mapping.statement;

import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.statement.StatementLayout.Source;
import io.kontor.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Optional;
import java.util.function.Supplier;

/** What is known so far of a statement as a whole. Not thread-safe. */
final class StatementSum {

  /** Lines may be older than their statement, by a dispute say, but not by more. */
  private static final Duration FAR = Duration.ofDays(366);

  private final StatementLayout layout;
  private final Source source;
  private final ZoneId zone;
  private String name = "";
  private Currency currency;
  private Money total;
  private Money opening;
  private Money closing;
  private Money lines;
  private Instant from;
  private Instant to;
  private Instant paidOn;
  private Instant first;
  private Instant last;

  StatementSum(StatementLayout layout) {
    this.layout = layout;
    this.source = layout.totals().source();
    this.zone = layout.dates().zone();
  }

  boolean isKnown() {
    return total != null;
  }

  boolean isNamed() {
    return !name.isEmpty();
  }

  String name() {
    return name;
  }

  void named(String id) {
    name = id;
  }

  Currency currency() {
    return currency;
  }

  void currency(Currency known) {
    currency = known;
  }

  Optional<Instant> from() {
    return Optional.ofNullable(from);
  }

  void from(Instant at) {
    from = at;
  }

  void to(Instant at) {
    to = at;
  }

  void paidOn(Instant at) {
    paidOn = at;
  }

  /** Whether a moment cannot belong to the period that the statement states. */
  boolean isFarFrom(Instant at) {
    return (from != null && at.isBefore(from.minus(FAR)))
        || (to != null && at.isAfter(to.plus(FAR)));
  }

  /** The period in words. */
  String period() {
    return "%s to %s".formatted(from == null ? "?" : from, to == null ? "?" : to);
  }

  /** A part of the total. */
  void total(Money part) {
    total = total == null ? part : total.plus(part);
  }

  void opening(Money balance) {
    opening = opening == null ? balance : opening.plus(balance);
  }

  void closing(Money balance) {
    closing = closing == null ? balance : closing.plus(balance);
  }

  void add(Money line, Instant at) {
    if (source == Source.LINES) {
      lines = lines == null ? line : lines.plus(line);
    }
    if (from == null || to == null) {
      first = first == null || at.isBefore(first) ? at : first;
      last = last == null || at.isAfter(last) ? at : last;
    }
  }

  /**
   * @throws RejectedFailure {@code no-totals}, or {@code implausible-date} if the period ends
   *     before it begins
   */
  StatementTotals totals(String reference) {
    Money known =
        switch (source) {
          case FIRST_ROW ->
              stated(
                  total,
                  reference,
                  () -> "ends after its header: it has no line with the totals, fetch it again");
          case ROWS ->
              stated(total, reference, () -> none("totals", "rows", layout.totals().rows()));
          case BALANCES ->
              stated(
                      closing,
                      reference,
                      () -> none("closing balance", "closing", layout.totals().closing()))
                  .minus(
                      stated(
                          opening,
                          reference,
                          () -> none("opening balance", "opening", layout.totals().opening())));
          case LINES -> stated(lines, reference, this::noLines);
        };
    Instant start = from == null ? first : from;
    Instant end = to == null ? last : to;
    if (start == null || end == null) {
      throw new RejectedFailure(
          "no-totals",
          reference,
          "the statement has no lines and states no period: fetch it again");
    }
    if (end.isBefore(start)) {
      throw new RejectedFailure(
          "implausible-date",
          isNamed() ? name : reference,
          "the statement ends at %s, before it begins at %s: have it exported anew"
              .formatted(end, start));
    }
    return new StatementTotals(
        isNamed() ? name : period(start, end, known.currency()),
        known,
        start,
        end,
        Optional.ofNullable(paidOn));
  }

  private static Money stated(Money amount, String reference, Supplier<String> lack) {
    if (amount == null) {
      throw new RejectedFailure("no-totals", reference, "the statement " + lack.get());
    }
    return amount;
  }

  private String none(String what, String key, StatementLayout.Filter filter) {
    return "has no row with the %s, which %s finds by %s: fetch it again; or, if the channel writes another word there, correct '%s'"
        .formatted(what, layout.name(), filter.words(), key);
  }

  private String noLines() {
    String where = layout.line().where().words();
    String except = layout.line().except().words();
    return "has no lines to make the totals%s%s: fetch it again; or, if the channel writes its rows in another way, correct %s"
        .formatted(
            where.isEmpty() ? "" : ", which have " + where,
            except.isEmpty() ? "" : ", but for those with " + except,
            layout.name());
  }

  /** The name of a statement that has none. */
  private String period(Instant start, Instant end, Currency of) {
    return "%s_%s_%s"
        .formatted(
            LocalDate.ofInstant(start, zone), LocalDate.ofInstant(end, zone), of.getCurrencyCode());
  }
}
