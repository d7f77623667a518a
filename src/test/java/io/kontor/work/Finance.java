package io.kontor.work;

import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.ledger.Account;
import io.kontor.ledger.BookEntry;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Catalog;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.money.Money;
import io.kontor.posting.SampleBooks;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.store.AuditLog;
import io.kontor.store.Journal;
import io.kontor.store.PostingBatch;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.store.TestDatabase;
import io.kontor.work.batch.Approvals;
import io.kontor.work.batch.BatchEntries;
import io.kontor.work.batch.BatchPosting;
import io.kontor.work.batch.BatchReview;
import io.kontor.work.batch.Books;
import io.kontor.work.batch.DeskFindings;
import io.kontor.work.batch.PeriodLocks;
import io.kontor.work.batch.Rejections;
import io.kontor.work.batch.UnknownBatches;
import io.kontor.work.delivery.DeliveryBook;
import io.kontor.work.delivery.DeliveryPolicy;
import io.kontor.work.desk.DeskItems;
import io.kontor.work.desk.DeskWork;
import io.kontor.work.desk.Rereading;
import io.kontor.work.intake.ClaimChecksInDatabase;
import io.kontor.work.night.BatchProposals;
import io.kontor.work.night.Night;
import io.kontor.work.night.NightCalendar;
import io.kontor.work.night.NightProgress;
import io.kontor.work.night.Sealer;
import io.kontor.work.settlement.Reconciliation;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The finance side of a hub on a test database, with a general ledger that does as it is told. */
final class Finance {

  static final String ENTITY = "nordwind";
  static final String CHANNEL = "shopify-eu";
  static final Actor MONA = new Actor("mona");
  static final Actor CHRIS = new Actor("chris");
  static final Actor OLGA = new Actor("olga");

  static final DeliveryPolicy POLICY =
      new DeliveryPolicy(
          "node",
          10,
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofSeconds(2),
          Duration.ofMinutes(5),
          60);

  final Store store;
  final Mappings mappings;
  final MemoryBooks ledger;
  final PeriodLocks periods;
  private final UnknownBatches unknown;
  final Approvals approvals;
  final Rejections rejections;
  final NightProgress progress = new NightProgress();
  final BatchEntries entries;
  final List<Consequence> woken = new ArrayList<>();
  private final Clock clock;

  /** What matching does in the next night; nothing unless a test says otherwise. */
  BiConsumer<String, Actor> matching = (entity, maker) -> {};

  Finance(TestDatabase db) {
    this(db.store, db.clock, Optional.empty(), Set.of());
  }

  Finance(TestDatabase db, Optional<Money> autoApprove, Set<String> authors) {
    this(db.store, db.clock, autoApprove, authors);
  }

  Finance(Store store, Clock clock, Optional<Money> autoApprove, Set<String> authors) {
    this(
        store,
        clock,
        "3f2a9c",
        entity(ENTITY, autoApprove, SampleBooks.entity(ENTITY).chart()),
        authors,
        new MemoryBooks());
  }

  private Finance(
      Store store,
      Clock clock,
      String version,
      Entity nordwind,
      Set<String> authors,
      MemoryBooks ledger) {
    this.store = store;
    this.clock = clock;
    this.ledger = ledger;
    Chart northwind = SampleBooks.entity("northwind").chart();
    this.mappings =
        new Mappings(
            version,
            Map.of(
                ENTITY,
                nordwind,
                "northwind",
                entity("northwind", nordwind.autoApprove(), northwind)),
            Map.of(),
            List.of(),
            new Catalog(Map.of(), Map.of(), Map.of()),
            Map.of(),
            authors);
    this.periods =
        new PeriodLocks(
            store.database(), store.periods(), store.audit(), mappings, List.of(ledger), clock);
    this.unknown = new UnknownBatches(store.database(), store.batches(), mappings, List.of(ledger));
    this.approvals = new Approvals(store, periods, unknown, mappings, woken::add);
    this.rejections =
        new Rejections(store, mappings, new BatchEntries(store, mappings), List.of(ledger));
    this.entries = new BatchEntries(store, mappings);
  }

  /** The same, started again with another chart, which somebody wrote. */
  Finance withChart(UnaryOperator<Chart> change, String author) {
    Entity now = entity();
    return new Finance(
        store,
        clock,
        "other-" + mappings.version(),
        entity(ENTITY, now.autoApprove(), change.apply(now.chart())),
        Set.of(author),
        ledger);
  }

  private static Entity entity(String id, Optional<Money> autoApprove, Chart chart) {
    Entity sample = SampleBooks.entity(id);
    return new Entity(
        id,
        id,
        sample.zone(),
        sample.currency(),
        id,
        "KONT",
        "kontor.tax_zero",
        List.of(new Entity.Book(Entity.Target.ODOO, Entity.Granularity.SUMMARY)),
        autoApprove,
        chart,
        sample.vatPoint(),
        sample.rates());
  }

  Entity entity() {
    return mappings.entities().get(ENTITY);
  }

  BatchProposals proposals() {
    return new BatchProposals(
        store,
        mappings,
        new BatchReview(store, new DeskFindings(store.workItems())),
        approvals,
        periods,
        (entity, maker) -> matching.accept(entity, maker),
        new Sealer(store.database(), store.journal(), mappings),
        progress);
  }

  Night night(String node) {
    return new Night(store.database(), store.nights(), store.desk(), proposals(), calendar(), node);
  }

  NightCalendar calendar() {
    return new NightCalendar(store.database(), store.nights(), mappings, LocalTime.of(2, 0), clock);
  }

  Reconciliation reconciliation() {
    return new Reconciliation(store, mappings, POLICY, book());
  }

  BatchPosting posting(Books books) {
    return new BatchPosting(store, entries, periods, unknown, mappings, books, POLICY, book());
  }

  private DeliveryBook book() {
    return new DeliveryBook(store.held(), store.desk(), POLICY, claim -> {});
  }

  DeskWork desk(Rereading reading) {
    return new DeskWork(
        store,
        new DeskItems(
            store, new ClaimChecksInDatabase(store.database(), store.files(), store.archive())),
        reading,
        woken::add);
  }

  /** An order that was shipped: a fact, and the entry that it came to. */
  void sell(String order, LocalDate day, String gross, String rawId) {
    sell(order, day, gross, rawId, "revenue.goods:shopify-eu:de:19");
  }

  void sell(String order, LocalDate day, String gross, String rawId, String account) {
    OrderKey key = order(order);
    FactName name = new FactName(ENTITY, CHANNEL, FactKind.ORDER_PLACED, order);
    Money total = Money.of(gross, "EUR");
    store
        .database()
        .run(
            tx -> {
              store
                  .revisions()
                  .insert(
                      tx,
                      List.of(
                          new StoredFact(
                              name, key, tx.now(), tx.now(), "hash", "{}", rawId, tx.now(), "")));
              append(
                  key,
                  name.toString(),
                  day,
                  Posting.debit(new Account("clearing:shopify-eu:paypal:EUR"), total),
                  Posting.credit(new Account(account), total));
            });
  }

  void sell(String order, LocalDate day, String gross) {
    sell(order, day, gross, "shopify-eu/orders/" + order);
  }

  static OrderKey order(String order) {
    return new OrderKey(ENTITY, CHANNEL, order);
  }

  /** An entry by itself. */
  void append(OrderKey subject, String fact, LocalDate day, Posting... postings) {
    JournalEntry entry =
        new JournalEntry(
            ENTITY,
            CHANNEL,
            day,
            "order " + subject.order(),
            fact,
            "shipped",
            "3f2a9c",
            List.of(postings));
    store
        .database()
        .run(tx -> store.journal().append(tx, List.of(new Journal.NewEntry(entry, subject))));
  }

  /** Proposes what there is up to a day. */
  PostingBatch propose(LocalDate date, Actor maker) {
    List<PostingBatch> proposed = proposals().propose(ENTITY, date, maker);
    if (proposed.size() != 1) {
      throw new AssertionError("one batch was expected, not " + proposed);
    }
    return proposed.get(0);
  }

  PostingBatch find(String batch) {
    return approvals.find(batch).orElseThrow();
  }

  /** What was done to one thing, oldest first. */
  List<AuditLog.Act> acts(String subject) {
    List<AuditLog.Act> acts = new ArrayList<>();
    store.database().inTransaction(tx -> store.audit().newest(tx, Integer.MAX_VALUE)).stream()
        .filter(act -> act.subject().equals(subject))
        .forEach(acts::add);
    Collections.reverse(acts);
    return acts;
  }

  /** What was refused of something, and why, as the audit log has it. */
  List<String> refusals(String subject, String what) {
    return acts(subject).stream()
        .filter(act -> act.what().equals(what))
        .map(act -> act.who() + ": " + act.detail())
        .toList();
  }

  /** A general ledger in memory, which closes its periods when told to. */
  static final class MemoryBooks implements Books {

    final Map<String, BookEntry> held = new TreeMap<>();
    Optional<LocalDate> closed = Optional.empty();
    Optional<String> refusal = Optional.empty();
    boolean away;
    int calls;

    @Override
    public Entity.Target target() {
      return Entity.Target.ODOO;
    }

    @Override
    public String post(
        Entity entity, String batch, String hash, List<BookEntry> wanted, Runnable stillAtIt) {
      calls++;
      stillAtIt.run();
      refusal.ifPresent(
          why -> {
            throw new RejectedFailure("account-not-in-chart", batch, why);
          });
      for (BookEntry entry : wanted) {
        if (closed.filter(day -> !entry.date().isAfter(day)).isPresent()) {
          throw new RejectedFailure(PERIOD_LOCKED, batch, "closed through " + closed.get());
        }
      }
      wanted.forEach(entry -> held.put(entry.reference(), entry));
      return wanted.size() + " moves";
    }

    @Override
    public Map<YearMonth, Map<String, BigDecimal>> balances(
        Entity entity, LocalDate upTo, Consumer<String> leftOut) {
      Map<YearMonth, Map<String, BigDecimal>> sums = new TreeMap<>();
      held.values()
          .forEach(
              entry ->
                  entry
                      .lines()
                      .forEach(
                          line ->
                              sums.computeIfAbsent(
                                      YearMonth.from(entry.date()), month -> new TreeMap<>())
                                  .merge(line.code(), line.amount().amount(), BigDecimal::add)));
      return sums;
    }

    @Override
    public List<String> unknown(Entity entity, String channel, Set<String> known) {
      return held.keySet().stream()
          .filter(reference -> reference.startsWith(entity.id() + "/" + channel + "/"))
          .filter(reference -> known.stream().noneMatch(id -> reference.startsWith(id + "/")))
          .toList();
    }

    @Override
    public List<String> held(Entity entity, String batch, List<BookEntry> entries) {
      if (away) {
        throw new TransientFailure("books-away", batch, "the ledger does not answer");
      }
      return entries.stream().map(BookEntry::reference).filter(held::containsKey).toList();
    }

    @Override
    public EntryComparison compare(Entity entity, Set<YearMonth> months) {
      throw new UnsupportedOperationException("nothing is compared here");
    }

    @Override
    public Optional<LocalDate> lockedThrough(Entity entity) {
      return closed;
    }
  }
}
