package io.kontor.work;

import io.kontor.failure.Failure;
import io.kontor.ledger.Account;
import io.kontor.ledger.Balances;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.money.Money;
import io.kontor.posting.OrderPosting;
import io.kontor.posting.SettledSum;
import io.kontor.sales.Effect;
import io.kontor.sales.Fact;
import io.kontor.sales.FactKind;
import io.kontor.sales.OrderKey;
import io.kontor.sales.OrderPosition;
import io.kontor.store.ControlTotals;
import io.kontor.store.Deliveries;
import io.kontor.store.Desk;
import io.kontor.store.Journal;
import io.kontor.store.JournalFilter;
import io.kontor.store.Settlement;
import io.kontor.store.SettlementLinks;
import io.kontor.store.Settlements;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Proves that every total agrees: facts against ledger, statements against their entries, the
 * subledger against each set of books, documents against what became of them. Thread-safe.
 */
public final class Proof {

  private static final Set<Consequence> TO_ODOO =
      EnumSet.of(Consequence.ODOO_ORDER, Consequence.ODOO_REFUND, Consequence.ODOO_TILL);
  private static final String TAX = "vat:";
  private static final String DEBT = "payable-to-channel";
  private static final int MOST_SETTLEMENTS = 1_000;
  private static final int ORDERS_AT_ONCE = 500;

  private final Store store;
  private final Mappings mappings;
  private final List<Books> books;
  private final Clock clock;

  public Proof(Store store, Mappings mappings, List<Books> books, Clock clock) {
    this.store = store;
    this.mappings = mappings;
    this.books = List.copyOf(books);
    this.clock = clock;
  }

  /** The proof of this moment. Reads every fact and every entry. */
  public TieOut tieOut() {
    return store.database().inTransaction(this::tieOut);
  }

  private TieOut tieOut(Tx tx) {
    List<String> breaks = new ArrayList<>();
    FactTotals facts = facts(tx, breaks);
    List<TieOut.Clearing> clearing = new ArrayList<>();
    List<TieOut.Settlement> settlements = new ArrayList<>();
    List<TieOut.Book> parity = new ArrayList<>();
    List<TieOut.Tax> taxes = new ArrayList<>();
    for (Entity entity : sorted(mappings.entities()).values()) {
      Balances ledger = store.journal().balances(tx, JournalFilter.all().entity(entity.id()));
      clearing(tx, entity, facts, ledger, clearing);
      settlements(tx, entity, settlements);
      books(tx, entity, parity, breaks);
      taxes(tx, entity, facts, ledger, taxes);
      chain(tx, entity, breaks);
    }
    List<TieOut.Documents> documents = documents(tx, facts);
    breaks(breaks, clearing, settlements, parity, taxes, documents);
    return new TieOut(clock.instant(), breaks, clearing, settlements, parity, taxes, documents);
  }

  /** Adds every order up, and sees that the ledger has what its position says. */
  private FactTotals facts(Tx tx, List<String> breaks) {
    FactTotals totals = new FactTotals(mappings);
    List<OrderPosition> chunk = new ArrayList<>();
    store
        .facts()
        .streamByOrder(
            tx,
            ofOrder -> {
              if (isSettlement(ofOrder)) {
                return;
              }
              List<Fact> known = StoredFacts.readAll(ofOrder);
              OrderPosition position = OrderPosition.of(known);
              totals.add(position, known);
              chunk.add(position);
              if (chunk.size() == ORDERS_AT_ONCE) {
                unposted(tx, chunk, breaks);
                chunk.clear();
              }
            });
    unposted(tx, chunk, breaks);
    return totals;
  }

  private static boolean isSettlement(List<StoredFact> facts) {
    return facts.get(0).name().kind() == FactKind.SETTLEMENT_RECEIVED;
  }

  private void unposted(Tx tx, List<OrderPosition> positions, List<String> breaks) {
    List<OrderKey> keys = positions.stream().map(OrderPosition::key).toList();
    Map<String, Balances> posted = store.journal().postedByFact(tx, keys);
    for (OrderPosition position : positions) {
      Channel channel = mappings.channels().get(position.key().channel());
      if (channel == null) {
        breaks.add("order %s is of a channel without a mapping".formatted(position.key()));
        continue;
      }
      unposted(position, OrderPosting.of(mappings, channel), posted, breaks);
    }
  }

  private static void unposted(
      OrderPosition position,
      OrderPosting posting,
      Map<String, Balances> posted,
      List<String> breaks) {
    Map<String, Balances> ofOrder = new TreeMap<>();
    for (Effect effect : position.effects()) {
      String fact = effect.fact().toString();
      Balances balances = posted.get(fact);
      if (balances != null) {
        Optional<Money> imbalance = Posting.imbalance(balances.postings());
        if (imbalance.isPresent()) {
          breaks.add(
              "what the ledger has of %s does not balance: %s too much"
                  .formatted(fact, imbalance.get()));
          return;
        }
        ofOrder.put(fact, balances);
      }
    }
    posting.problems(position).forEach(problem -> breaks.add(problem.message()));
    for (JournalEntry missing : posting.entries(position, ofOrder)) {
      breaks.add("the ledger lacks: " + missing.toString().replaceAll("\\s+", " "));
    }
  }

  private void clearing(
      Tx tx, Entity entity, FactTotals facts, Balances ledger, List<TieOut.Clearing> rows) {
    Instant recent = clock.instant().minus(TieOut.Clearing.RECENT_DAYS, ChronoUnit.DAYS);
    for (Channel channel : sorted(mappings.channels()).values()) {
      if (!channel.entity().equals(entity.id())) {
        continue;
      }
      for (Currency currency : currencies(channel, facts)) {
        FactTotals.Key key = new FactTotals.Key(channel.id(), currency);
        SettledTotals statements = new SettledTotals(channel, entity.zone(), currency);
        for (Settlement settlement : store.settlements().list(tx, entity.id(), MOST_SETTLEMENTS)) {
          if (settlement.channel().equals(channel.id())
              && settlement.total().currency().equals(currency)) {
            statements.add(settlement, store.settlements().sums(tx, settlement));
            settle(tx, settlement, statements, facts.open(key));
          }
        }
        Money refunded = facts.refunded(key).plus(statements.refunds());
        Money charged = facts.charged(key).plus(statements.sales());
        Money expected =
            charged
                .minus(refunded)
                .plus(statements.fees())
                .plus(statements.reserve())
                .plus(statements.other())
                .plus(statements.suspense())
                .minus(statements.payouts());
        rows.add(
            new TieOut.Clearing(
                entity.id(),
                channel.id(),
                charged,
                refunded,
                statements.fees(),
                statements.reserve(),
                statements.other(),
                statements.suspense(),
                statements.payouts(),
                expected,
                sum(ledger, "clearing:" + channel.id() + ":", currency),
                facts.open(key).since(recent),
                facts.open(key).before(recent),
                statements.suspenseLines(),
                statements.suspenseSince().map(at -> LocalDate.ofInstant(at, entity.zone()))));
      }
    }
  }

  private void settle(Tx tx, Settlement settlement, SettledTotals statements, OpenOrders open) {
    store
        .settlements()
        .orderSums(
            tx,
            settlement,
            sum -> {
              if (statements.settles(sum.code())) {
                open.settle(sum.order(), Money.of(sum.amount(), settlement.total().currency()));
              }
            });
  }

  private static Set<Currency> currencies(Channel channel, FactTotals facts) {
    Set<Currency> currencies = new TreeSet<>(Comparator.comparing(Currency::getCurrencyCode));
    currencies.addAll(channel.currencies());
    facts.keys().stream()
        .filter(key -> key.channel().equals(channel.id()))
        .forEach(key -> currencies.add(key.currency()));
    return currencies;
  }

  private void settlements(Tx tx, Entity entity, List<TieOut.Settlement> rows) {
    for (Settlement settlement : store.settlements().list(tx, entity.id(), MOST_SETTLEMENTS)) {
      Currency currency = settlement.total().currency();
      Settlements.Totals lines = store.settlements().totals(tx, settlement.importId());
      Balances posted =
          store
              .journal()
              .balances(tx, JournalFilter.all().entity(entity.id()).subject(settlement.key()));
      String payout =
          settlement.total().isNegative()
              ? DEBT + ":" + settlement.channel()
              : "payout-in-transit:" + settlement.channel() + ":" + currency;
      // Debts that its lines bring in or carry out stand on the account of its own debt.
      BigDecimal carried =
          settlement.total().isNegative()
              ? store
                  .links()
                  .find(tx, settlement)
                  .map(SettlementLinks.Link::debt)
                  .orElse(BigDecimal.ZERO)
              : BigDecimal.ZERO;
      rows.add(
          new TieOut.Settlement(
              entity.id(),
              settlement.channel(),
              settlement.settlementId(),
              LocalDate.ofInstant(settlement.from(), entity.zone()),
              LocalDate.ofInstant(settlement.to(), entity.zone()),
              lines.lines(),
              settlement.total(),
              Money.of(lines.amount(), currency),
              posted.postings().isEmpty()
                  ? Optional.empty()
                  : Optional.of(
                      posted.of(new Account(payout), currency).plus(Money.of(carried, currency)))));
    }
  }

  private void books(Tx tx, Entity entity, List<TieOut.Book> rows, List<String> breaks) {
    LocalDate upTo = LocalDate.now(clock.withZone(entity.zone())).plusYears(1);
    for (Entity.Book target : entity.books()) {
      Books book =
          books.stream().filter(b -> b.target() == target.target()).findFirst().orElseThrow();
      Map<YearMonth, Map<String, BigDecimal>> held;
      try {
        held = book.balances(entity, upTo);
      } catch (Failure e) {
        breaks.add(
            "the %s book of %s could not be asked: %s"
                .formatted(
                    target.target().name().toLowerCase(Locale.ROOT), entity.id(), e.getMessage()));
        continue;
      }
      Parity parity = new Parity(entity);
      store.journal().booked(tx, entity.id(), target.target().name()).forEach(parity::add);
      rows.addAll(parity.rows(target.target(), held));
    }
  }

  private void taxes(
      Tx tx, Entity entity, FactTotals facts, Balances ledger, List<TieOut.Tax> rows) {
    Map<String, SettledTaxes.Owed> owed = new TreeMap<>();
    facts
        .taxes()
        .forEach(
            (key, amount) ->
                owed.put(key, new SettledTaxes.Owed(facts.base(key, amount.currency()), amount)));
    for (Settlement settlement : store.settlements().list(tx, entity.id(), MOST_SETTLEMENTS)) {
      Currency currency = settlement.total().currency();
      settledTaxes(tx, settlement)
          .owed()
          .forEach(
              (tax, sum) ->
                  owed.merge(
                      "%s %s %s".formatted(entity.id(), tax, currency),
                      sum,
                      SettledTaxes.Owed::plus));
    }
    // Tax in the ledger that nobody owes is a difference too.
    for (Posting posting : ledger.postings()) {
      Account account = posting.account();
      if (account.path().startsWith(TAX) && account.path().indexOf(':', TAX.length()) > 0) {
        Money none = Money.zero(posting.amount().currency());
        owed.putIfAbsent(
            "%s %s %s"
                .formatted(entity.id(), account.path().substring(TAX.length()), none.currency()),
            new SettledTaxes.Owed(none, none));
      }
    }
    owed.forEach(
        (key, sum) -> {
          String[] parts = key.split(" ", 3);
          if (parts[0].equals(entity.id())) {
            Money booked = ledger.of(new Account(TAX + parts[1]), sum.tax().currency()).negated();
            rows.add(new TieOut.Tax(entity.id(), parts[1], sum.base(), sum.tax(), booked));
          }
        });
  }

  private SettledTaxes settledTaxes(Tx tx, Settlement settlement) {
    SettledTaxes taxes = new SettledTaxes();
    Channel channel = mappings.channels().get(settlement.channel());
    if (channel != null && !channel.settling().taxes().isEmpty()) {
      List<SettledSum> sums =
          SettledSums.of(
              channel,
              settlement.total().currency(),
              store.settlements().codeSums(tx, settlement),
              store.settlements().standingSums(tx, settlement));
      channel.settlementCodes().ifPresent(codes -> taxes.add(channel, codes, sums));
    }
    return taxes;
  }

  private void chain(Tx tx, Entity entity, List<String> breaks) {
    Journal.ChainCheck check = store.journal().verifyChain(tx, entity.id());
    check.broken().ifPresent(broken -> breaks.add("the journal was tampered with: " + broken));
    long unsealed = store.journal().unsealed(tx, entity.id());
    if (unsealed > 0) {
      breaks.add("%d entries of %s are not sealed yet".formatted(unsealed, entity.id()));
    }
    long withoutFact = store.journal().withoutFact(tx, entity.id());
    if (withoutFact > 0) {
      breaks.add(
          "%d entries of %s are about something of which no fact is recorded"
              .formatted(withoutFact, entity.id()));
    }
  }

  /** Sums of one channel's documents and deliveries. */
  private static final class Counts {
    private long received;
    private long recorded;
    private long repeats;
    private long refused;
    private long waiting;
    private long waitingOnDesk;
    private long inOdoo;
    private long pending;
    private long parked;
    private long onDesk;
  }

  private List<TieOut.Documents> documents(Tx tx, FactTotals facts) {
    Map<String, Counts> byChannel = new TreeMap<>();
    mappings.channels().keySet().forEach(channel -> byChannel.put(channel, new Counts()));
    for (ControlTotals.Documents row : store.totals().documents(tx, Instant.EPOCH)) {
      Counts counts = byChannel.computeIfAbsent(row.channel(), c -> new Counts());
      counts.received += row.received();
      counts.recorded += row.recorded();
      counts.repeats += row.repeats();
      counts.refused += row.refused();
      counts.waiting += row.waiting();
    }
    for (ControlTotals.OnDesk row : store.totals().onDesk(tx)) {
      byChannel.computeIfAbsent(row.channel(), c -> new Counts()).waitingOnDesk += row.documents();
    }
    for (Deliveries.Count row : store.deliveries().counts(tx)) {
      if (TO_ODOO.contains(row.consequence())) {
        add(byChannel.computeIfAbsent(row.channel(), c -> new Counts()), row);
      }
    }
    for (Desk.Count row : store.desk().openCounts(tx)) {
      byChannel.computeIfAbsent(row.channel(), c -> new Counts()).onDesk += row.count();
    }
    List<TieOut.Documents> rows = new ArrayList<>();
    byChannel.forEach(
        (channel, c) ->
            rows.add(
                new TieOut.Documents(
                    channel,
                    c.received,
                    c.recorded,
                    c.repeats,
                    c.refused,
                    c.waiting,
                    c.waitingOnDesk,
                    facts.wanted(channel),
                    c.inOdoo,
                    c.pending,
                    c.parked,
                    c.onDesk)));
    return rows;
  }

  private static void add(Counts counts, Deliveries.Count row) {
    switch (row.state()) {
      case SENT -> counts.inOdoo += row.count();
      case PENDING, SENDING, IN_DOUBT -> counts.pending += row.count();
      case PARKED, DEAD, SKIPPED -> counts.parked += row.count();
    }
  }

  private static void breaks(
      List<String> breaks,
      List<TieOut.Clearing> clearing,
      List<TieOut.Settlement> settlements,
      List<TieOut.Book> books,
      List<TieOut.Tax> taxes,
      List<TieOut.Documents> documents) {
    clearing.stream()
        .filter(row -> !row.difference().isZero())
        .forEach(
            row ->
                breaks.add(
                    "clearing of %s: expected %s, the ledger says %s"
                        .formatted(row.channel(), row.expected(), row.ledger())));
    settlements.stream()
        .filter(row -> !row.agrees())
        .forEach(
            row ->
                breaks.add(
                    "settlement %s: header %s, lines %s, entry %s"
                        .formatted(
                            row.id(),
                            row.header(),
                            row.sum(),
                            row.entry().map(Money::toString).orElse("none"))));
    books.stream()
        .filter(row -> !row.difference().isZero())
        .forEach(
            row ->
                breaks.add(
                    "%s book of %s, account %s in %s: subledger %s, book %s"
                        .formatted(
                            row.target(),
                            row.entity(),
                            row.account(),
                            row.period(),
                            row.subledger(),
                            row.book())));
    taxes.stream()
        .filter(row -> !row.difference().isZero())
        .forEach(
            row ->
                breaks.add(
                    "tax %s of %s: facts %s, ledger %s"
                        .formatted(row.tax(), row.entity(), row.amount(), row.ledger())));
    for (TieOut.Documents row : documents) {
      if (row.lost() != 0) {
        breaks.add(
            "documents of %s: %d are neither recorded nor in front of a person"
                .formatted(row.channel(), row.lost()));
      }
      if (row.undelivered() != 0) {
        breaks.add(
            "Odoo and %s: the facts want %d there, the deliveries know of %d fewer"
                .formatted(row.channel(), row.wanted(), row.undelivered()));
      }
    }
  }

  private static Money sum(Balances ledger, String prefix, Currency currency) {
    return Money.sum(
        ledger.postings().stream()
            .filter(p -> p.account().path().startsWith(prefix))
            .map(Posting::amount)
            .filter(amount -> amount.currency().equals(currency))
            .toList(),
        currency);
  }

  private static <T> Map<String, T> sorted(Map<String, T> map) {
    return new TreeMap<>(map);
  }
}
