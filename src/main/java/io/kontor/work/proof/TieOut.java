package io.kontor.work.proof;

import io.kontor.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The proof that a controller reads every morning: every total twice, from sources that do not know
 * each other, and the difference.
 *
 * @param breaks what does not agree, in words; empty when everything does
 */
public record TieOut(
    Instant madeAt,
    List<String> breaks,
    List<Clearing> clearing,
    List<Settlement> settlements,
    List<Book> books,
    List<Tax> tax,
    List<Documents> documents) {

  public TieOut {
    breaks = List.copyOf(breaks);
    clearing = List.copyOf(clearing);
    settlements = List.copyOf(settlements);
    books = List.copyOf(books);
    tax = List.copyOf(tax);
    documents = List.copyOf(documents);
  }

  /**
   * A tie-out with what its rows say.
   *
   * @param found what does not agree and is in no row
   */
  static TieOut of(
      Instant madeAt,
      List<String> found,
      List<Clearing> clearing,
      List<Settlement> settlements,
      List<Book> books,
      List<Tax> tax,
      List<Documents> documents) {
    List<String> breaks = new ArrayList<>(found);
    clearing.forEach(row -> row.fault().ifPresent(breaks::add));
    settlements.forEach(row -> row.fault().ifPresent(breaks::add));
    books.forEach(row -> row.fault().ifPresent(breaks::add));
    tax.forEach(row -> row.fault().ifPresent(breaks::add));
    documents.forEach(row -> breaks.addAll(row.faults()));
    return new TieOut(madeAt, breaks, clearing, settlements, books, tax, documents);
  }

  public boolean agrees() {
    return breaks.isEmpty();
  }

  /** A break, unless there is no difference. */
  private static Optional<String> fault(Money difference, String text) {
    return difference.isZero() ? Optional.empty() : Optional.of(text);
  }

  /**
   * What a channel owes: computed from facts and statement lines, against what the ledger says.
   *
   * @param charged captures, or shipments of a channel that reports none; tax included
   * @param writtenOff what finance gave up of orders; below zero what was paid too much, and kept
   * @param fees what statements took and what stands on the accounts of fees, as the statements
   *     sign it
   * @param taxKept tax that the channel collected and remits itself
   * @param other reimbursements, card charges, adjustments, shipping that the channel took back
   * @param suspense lines that nobody could explain yet
   * @param payouts totals of statements that are paid out
   * @param owed what we owe the channel, since statements came to less than nothing and none took
   *     it back yet; positive
   * @param expected charged − refunded − writtenOff + fees + taxKept + reserve + other + suspense −
   *     payouts + owed
   * @param ledger the balance of the channel's clearing accounts
   * @param recent what orders of the last {@link #RECENT_DAYS} days have not been settled for
   * @param older the same of orders before
   * @param openCredits what orders are open for the other way, positive: refunds that no statement
   *     has taken yet, and what was settled above what was charged
   * @param suspenseLines how many lines stand in suspense
   * @param suspenseSince the day of the oldest of them
   */
  public record Clearing(
      String entity,
      String channel,
      Money charged,
      Money refunded,
      Money writtenOff,
      Money fees,
      Money taxKept,
      Money reserve,
      Money other,
      Money suspense,
      Money payouts,
      Money owed,
      Money expected,
      Money ledger,
      Money recent,
      Money older,
      Money openCredits,
      long suspenseLines,
      Optional<LocalDate> suspenseSince) {

    /** A marketplace settles every two weeks; what is open for longer wants a look. */
    public static final int RECENT_DAYS = 14;

    public Money difference() {
      return ledger.minus(expected);
    }

    Optional<String> fault() {
      return TieOut.fault(
          difference(),
          "clearing of %s: expected %s, the ledger says %s".formatted(channel, expected, ledger));
    }
  }

  /**
   * A statement: its own total, the sum of its lines, its entry, and what stands as payout.
   *
   * @param entry empty while nothing is booked, or where there are no lines to book
   */
  public record Settlement(
      String entity,
      String channel,
      String id,
      LocalDate from,
      LocalDate to,
      long lines,
      Money header,
      Money sum,
      Optional<Money> entry) {

    public boolean agrees() {
      return header.equals(sum) && entry.map(header::equals).orElse(lines == 0);
    }

    Optional<String> fault() {
      return agrees()
          ? Optional.empty()
          : Optional.of(
              "settlement %s: header %s, lines %s, entry %s"
                  .formatted(id, header, sum, entry.map(Money::toString).orElse("none")));
    }
  }

  /**
   * An account in a month, in one set of books against the subledger.
   *
   * @param period the month of the day that the books have it on
   * @param subledger what approved and posted batches say
   * @param book what the book itself says
   * @param inFlight what is sealed and not posted yet
   */
  public record Book(
      String entity,
      String target,
      YearMonth period,
      String account,
      String name,
      Money subledger,
      Money book,
      Money inFlight) {

    public Money difference() {
      return book.minus(subledger);
    }

    Optional<String> fault() {
      return TieOut.fault(
          difference(),
          "%s book of %s, account %s in %s: subledger %s, book %s"
              .formatted(target, entity, account, period, subledger, book));
    }
  }

  /**
   * A tax: its base and amount from the facts, against the ledger.
   *
   * @param atRate what the base comes to at the rate; where the amount is another one by more than
   *     cents, sales of another rate or of none are among these. That is no break
   */
  public record Tax(
      String entity, String tax, Money base, Money atRate, Money amount, Money ledger) {

    public Money difference() {
      return ledger.minus(amount);
    }

    Optional<String> fault() {
      return TieOut.fault(
          difference(), "tax %s of %s: facts %s, ledger %s".formatted(tax, entity, amount, ledger));
    }
  }

  /**
   * What became of a channel's documents.
   *
   * @param repeats how often one of them came again and changed nothing
   * @param refused a person decided that it counts for nothing
   * @param waiting for a person
   * @param wanted what the facts say is to be in Odoo: orders, refunds, tills
   * @param waitingOnDesk documents that open work items name
   * @param inOdoo what is there, by the deliveries
   * @param pending what is still on its way there
   * @param parked what a person has to decide before it goes there
   * @param onDesk open work items
   */
  public record Documents(
      String channel,
      long received,
      long recorded,
      long repeats,
      long refused,
      long waiting,
      long waitingOnDesk,
      long wanted,
      long inOdoo,
      long pending,
      long parked,
      long onDesk) {

    /** Documents that are neither recorded nor refused nor in front of a person. */
    public long lost() {
      return received - recorded - refused - waitingOnDesk;
    }

    /** What the facts want in Odoo and no delivery knows of. */
    public long undelivered() {
      return wanted - inOdoo - pending - parked;
    }

    List<String> faults() {
      List<String> faults = new ArrayList<>();
      if (lost() != 0) {
        faults.add(
            "documents of %s: %d are neither recorded nor in front of a person"
                .formatted(channel, lost()));
      }
      if (undelivered() != 0) {
        faults.add(
            "Odoo and %s: the facts want %d there, the deliveries know of %d fewer"
                .formatted(channel, wanted, undelivered()));
      }
      return faults;
    }
  }
}
