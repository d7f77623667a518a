package io.kontor.work;

import io.kontor.document.RawDocument;
import io.kontor.ledger.Balances;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.mapping.CanonicalFact;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Fault;
import io.kontor.mapping.Mappings;
import io.kontor.posting.OrderPosting;
import io.kontor.sales.Fact;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.sales.OrderPosition;
import io.kontor.sales.Problem;
import io.kontor.sales.ReceiptRung;
import io.kontor.store.Archive;
import io.kontor.store.Desk;
import io.kontor.store.Journal;
import io.kontor.store.RawOutcome;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import io.kontor.store.WorkItem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One transaction of recording: a batch of documents becomes rows. Used once, by one thread.
 *
 * <p>The statements are few and the same however many documents there are, because each costs a
 * round trip.
 */
final class RecordedBatch {

  /** What a mapping says of an order that the channel will send again once it is certain. */
  private static final String PENDING = "order-pending";

  /**
   * In the name of a document that contradicts another one of its id: a person decides about it.
   */
  private static final String CONFLICTING = "+conflict-";

  /** Facts that state their order whole: one that comes later takes the place of the one before. */
  private static final Set<FactKind> WHOLE =
      EnumSet.of(FactKind.ORDER_PLACED, FactKind.ORDER_LINES, FactKind.RECEIPT_RUNG);

  private final Tx tx;
  private final Store store;
  private final Mappings mappings;

  private final Map<FactName, Fact> parsed = new LinkedHashMap<>();
  private final FactChanges changes = new FactChanges();
  private final List<Desk.NewItem> items = new ArrayList<>();
  private final Set<String> solved = new TreeSet<>();
  private final Map<String, WantedDelivery> wanted = new TreeMap<>();

  RecordedBatch(Tx tx, Store store, Mappings mappings) {
    this.tx = tx;
    this.store = store;
    this.mappings = mappings;
  }

  /**
   * Records documents that came from outside: those that are in the archive already are repeats.
   */
  Recorded record(List<Translated> documents) {
    Map<String, Translated> byId = new LinkedHashMap<>();
    List<Translated> again = new ArrayList<>();
    for (Translated document : documents) {
      if (byId.putIfAbsent(document.raw().id(), document) != null) {
        again.add(document);
      }
    }
    Set<String> added = archived(byId.values());
    // The same id twice in one batch: the second is a repeat, or contradicts the first.
    again.forEach(document -> archived(List.of(document)));
    Recorded recorded =
        recordFacts(
            byId.values().stream().filter(d -> added.contains(d.raw().id())).toList(), false);
    long repeated = (long) documents.size() - added.size();
    return new Recorded(recorded.byChannel(), repeated, recorded.woken());
  }

  /** Keeps documents, each id once; returns the ids that were not there before. */
  private Set<String> archived(Collection<Translated> documents) {
    Map<String, Translated> byId = new TreeMap<>();
    documents.forEach(document -> byId.put(document.raw().id(), document));
    Archive.Additions additions =
        store.archive().addNew(tx, documents.stream().map(RecordedBatch::kept).toList());
    keepConflicting(additions.conflicting().stream().map(byId::get).toList());
    return additions.added();
  }

  /**
   * Records what documents say that are in the archive already: a person let them be read again.
   */
  Recorded recordAgain(List<Translated> documents) {
    Map<String, RawOutcome> outcomes = new TreeMap<>();
    documents.forEach(document -> outcomes.put(document.raw().id(), outcome(document)));
    store.archive().decide(tx, outcomes);
    return recordFacts(documents, true);
  }

  private Recorded recordFacts(List<Translated> documents, boolean postAnew) {
    Set<OrderKey> orders = new TreeSet<>(OrderKeys.BY_NAME);
    for (Translated document : documents) {
      document.translation().facts().forEach(fact -> orders.add(fact.fact().order()));
    }
    store.facts().lockOrders(tx, orders);
    Map<OrderKey, List<StoredFact>> known = store.facts().ofOrders(tx, orders);
    known.values().forEach(changes::known);
    Map<String, Long> byChannel = new TreeMap<>();
    for (Translated document : documents) {
      byChannel.merge(document.channel().id(), 1L, Long::sum);
      for (CanonicalFact fact : document.translation().facts()) {
        take(document, fact);
      }
    }
    documents.forEach(this::faults);
    changes.write(tx, store.facts());
    consequences(orders, postAnew);
    store.deliveries().want(tx, wanted.values());
    desk();
    return new Recorded(byChannel, 0, woken());
  }

  /** The second document of a name is kept under another one, so that a person can decide. */
  private void keepConflicting(List<Translated> documents) {
    List<Archive.NewDocument> copies = new ArrayList<>();
    for (Translated document : documents) {
      RawDocument raw = document.raw();
      RawDocument copy =
          new RawDocument(
              raw.channel(),
              raw.document(),
              raw.externalId() + CONFLICTING + ContentHash.of(raw.body()).substring(0, 12),
              raw.receivedAt(),
              raw.contentType(),
              raw.body());
      copies.add(new Archive.NewDocument(copy, RawOutcome.WAITING));
      items.add(conflict(document, copy));
    }
    store.archive().addNew(tx, copies);
  }

  /** Opens and resolves items; a document that another one took the place of waits no more. */
  private void desk() {
    Set<String> keys = new TreeSet<>(solved);
    items.forEach(item -> keys.add(item.dedupeKey()));
    Map<String, Optional<String>> open = store.desk().openAmong(tx, keys);
    if (!open.isEmpty()) {
      store.desk().resolveKeys(tx, solved, "the facts agree now");
    }
    store.desk().open(tx, items);
    Set<String> before = new TreeSet<>();
    open.values().forEach(document -> document.ifPresent(before::add));
    if (before.isEmpty()) {
      return;
    }
    before.removeAll(store.desk().documentsWithItems(tx, before));
    Map<String, RawOutcome> superseded = new TreeMap<>();
    before.forEach(id -> superseded.put(id, RawOutcome.RECORDED));
    store.archive().decide(tx, superseded);
  }

  /** A pending order that is known already was read after the document that made it whole. */
  private void faults(Translated document) {
    boolean waits = false;
    for (Fault fault : document.translation().faults()) {
      if (!fault.code().equals(PENDING) || !isPlaced(document.channel(), fault.reference())) {
        items.add(fault(document, fault));
        waits = true;
      }
    }
    if (!waits && !document.translation().faults().isEmpty()) {
      store.archive().decide(tx, Map.of(document.raw().id(), RawOutcome.RECORDED));
    }
  }

  private boolean isPlaced(Channel channel, String order) {
    FactName placed = new FactName(channel.entity(), channel.id(), FactKind.ORDER_PLACED, order);
    return changes.knows(placed) || store.facts().current(tx, List.of(placed)).containsKey(placed);
  }

  private void take(Translated document, CanonicalFact fact) {
    switch (changes.offer(stored(document, fact))) {
      case NEW, NEWER -> {
        parsed.put(fact.fact().name(), fact.fact());
        solved.add(DeskKeys.untranslated(fact.fact().name()));
        solved.add(DeskKeys.conflict(fact.fact().name()));
        if (WHOLE.contains(fact.fact().name().kind())) {
          solved.add(DeskKeys.untranslated(document.raw().document(), fact.fact().order()));
        }
      }
      case CONFLICT -> items.add(conflict(document, fact));
      case REPEATED, OLDER, NOT_ITS_OWN -> {
        // Counted by the change itself; there is nothing more to do.
      }
    }
  }

  /**
   * What reading documents again came to.
   *
   * @param subjects the orders in which something changed
   * @param journal what the entries come to
   * @param woken the consequences that have something to deliver now
   */
  record Replaying(
      Replayed replayed, Set<OrderKey> subjects, List<Posting> journal, Set<Consequence> woken) {}

  /** Reads again what documents say of orders that have facts from them. */
  Replaying replayOrders(List<Translated> documents, Set<OrderKey> orders) {
    Map<String, List<CanonicalFact>> byDocument = new LinkedHashMap<>();
    for (Translated document : documents) {
      byDocument.put(
          document.raw().id(),
          document.translation().facts().stream()
              .filter(fact -> orders.contains(fact.fact().order()))
              .toList());
    }
    return replay(documents, byDocument, orders, true);
  }

  /**
   * Reads documents again for orders that have no fact from them yet, and sees which of them cannot
   * be read any more, or at last.
   *
   * @param waiting those that wait on the desk
   */
  Replaying replayDocuments(List<Translated> all, Set<String> waiting) {
    List<Translated> documents =
        all.stream()
            .filter(d -> !waiting.contains(d.raw().id()) || !d.raw().id().contains(CONFLICTING))
            .toList();
    List<FactName> names =
        documents.stream()
            .flatMap(d -> d.translation().facts().stream())
            .map(fact -> fact.fact().name())
            .toList();
    Map<FactName, StoredFact> current = store.facts().current(tx, names);
    Set<OrderKey> orders = new TreeSet<>(OrderKeys.BY_NAME);
    Map<String, List<CanonicalFact>> byDocument = new LinkedHashMap<>();
    for (Translated document : documents) {
      String id = document.raw().id();
      Set<OrderKey> seen = new TreeSet<>(OrderKeys.BY_NAME);
      for (CanonicalFact fact : document.translation().facts()) {
        StoredFact now = current.get(fact.fact().name());
        if (now != null && now.rawId().equals(id)) {
          seen.add(fact.fact().order());
        }
      }
      List<CanonicalFact> unknown =
          document.translation().facts().stream()
              .filter(fact -> !seen.contains(fact.fact().order()))
              .filter(fact -> waiting.contains(id) || !current.containsKey(fact.fact().name()))
              .toList();
      unknown.forEach(fact -> orders.add(fact.fact().order()));
      byDocument.put(id, unknown);
    }
    decide(documents, waiting);
    return replay(documents, byDocument, orders, false);
  }

  private void decide(List<Translated> documents, Set<String> waiting) {
    Map<String, RawOutcome> outcomes = new TreeMap<>();
    for (Translated document : documents) {
      String id = document.raw().id();
      if (outcome(document) == RawOutcome.WAITING) {
        outcomes.put(id, RawOutcome.WAITING);
        faults(document);
      } else if (waiting.contains(id)) {
        outcomes.put(id, RawOutcome.RECORDED);
      }
    }
    store.archive().decide(tx, outcomes);
    List<String> atLast =
        waiting.stream().filter(id -> outcomes.get(id) == RawOutcome.RECORDED).toList();
    store.desk().resolveDocuments(tx, atLast, "read again, and recorded at last");
  }

  private Replaying replay(
      List<Translated> documents,
      Map<String, List<CanonicalFact>> facts,
      Set<OrderKey> orders,
      boolean post) {
    store.facts().lockOrders(tx, orders);
    store.facts().ofOrders(tx, orders).values().forEach(changes::known);
    List<FactName> elsewhere = new ArrayList<>();
    facts.values().forEach(of -> of.forEach(fact -> elsewhere.add(fact.fact().name())));
    elsewhere.removeIf(changes::knows);
    Set<FactName> moved = store.facts().current(tx, elsewhere).keySet();
    Map<FactChanges.Verdict, Long> verdicts = new EnumMap<>(FactChanges.Verdict.class);
    Set<FactName> made = new HashSet<>();
    for (Translated document : documents) {
      for (CanonicalFact fact : facts.get(document.raw().id())) {
        made.add(fact.fact().name());
        if (!moved.contains(fact.fact().name())) {
          verdicts.merge(takeAgain(document, fact), 1L, Long::sum);
        }
      }
    }
    long missing = missing(documents, orders, made);
    changes.write(tx, store.facts());
    List<Journal.NewEntry> entries = consequences(orders, post);
    store.deliveries().want(tx, wanted.values());
    desk();
    Set<OrderKey> subjects = new TreeSet<>(OrderKeys.BY_NAME);
    orders.stream().filter(changes::touches).forEach(subjects::add);
    Balances balances = new Balances();
    for (Journal.NewEntry entry : entries) {
      subjects.add(entry.subject());
      entry.entry().postings().forEach(balances::add);
    }
    Replayed replayed =
        new Replayed(
            verdicts.getOrDefault(FactChanges.Verdict.REPEATED, 0L),
            verdicts.getOrDefault(FactChanges.Verdict.NEWER, 0L),
            verdicts.getOrDefault(FactChanges.Verdict.NEW, 0L),
            missing,
            moved.size(),
            entries.size());
    return new Replaying(replayed, subjects, balances.postings(), woken());
  }

  private FactChanges.Verdict takeAgain(Translated document, CanonicalFact fact) {
    FactChanges.Verdict verdict = changes.again(stored(document, fact));
    if (verdict == FactChanges.Verdict.NEW || verdict == FactChanges.Verdict.NEWER) {
      parsed.put(fact.fact().name(), fact.fact());
      solved.add(DeskKeys.untranslated(fact.fact().name()));
      solved.add(DeskKeys.conflict(fact.fact().name()));
      if (WHOLE.contains(fact.fact().name().kind())) {
        solved.add(DeskKeys.untranslated(document.raw().document(), fact.fact().order()));
      }
    }
    return verdict;
  }

  /**
   * The facts that were read from documents which are understood and do not state them any more.
   */
  private long missing(
      List<Translated> documents, Collection<OrderKey> orders, Set<FactName> made) {
    Set<String> understood = new TreeSet<>();
    documents.stream()
        .filter(document -> document.translation().faults().isEmpty())
        .forEach(document -> understood.add(document.raw().id()));
    return orders.stream()
        .flatMap(order -> changes.of(order).stream())
        .filter(fact -> understood.contains(fact.rawId()) && !made.contains(fact.name()))
        .count();
  }

  private Set<Consequence> woken() {
    Set<Consequence> woken = EnumSet.noneOf(Consequence.class);
    wanted.values().forEach(delivery -> woken.add(delivery.consequence()));
    return woken;
  }

  private StoredFact stored(Translated document, CanonicalFact fact) {
    String store = fact.fact() instanceof ReceiptRung receipt ? receipt.store() : "";
    return new StoredFact(
        fact.fact().name(),
        fact.fact().order(),
        fact.fact().revision(),
        fact.fact().occurredAt(),
        fact.hash(),
        fact.json(),
        document.raw().id(),
        tx.now(),
        store);
  }

  /**
   * The entries, deliveries and work items of the orders whose facts changed.
   *
   * @param postAnew whether entries are made for the others too: the rules may have changed
   * @return the entries that were appended
   */
  private List<Journal.NewEntry> consequences(Collection<OrderKey> orders, boolean postAnew) {
    List<OrderKey> changed =
        orders.stream().filter(order -> postAnew || changes.touches(order)).toList();
    if (changed.isEmpty()) {
      return List.of();
    }
    Map<String, Balances> posted = store.journal().postedByFact(tx, changed);
    List<Journal.NewEntry> entries = new ArrayList<>();
    for (OrderKey order : changed) {
      List<Fact> facts = facts(order);
      if (facts.isEmpty()) {
        continue;
      }
      OrderPosition position = OrderPosition.of(facts);
      Channel channel = mappings.channels().get(order.channel());
      entries(channel, position, facts, posted)
          .forEach(entry -> entries.add(new Journal.NewEntry(entry, order)));
      if (changes.touches(order)) {
        problems(channel, position);
      }
      rates(channel, position);
      List<Fact> news = facts.stream().filter(f -> changes.changed(f.name())).toList();
      new Consequences(mappings, channel)
          .of(position, facts, news)
          .forEach(delivery -> wanted.put(delivery.id(), delivery));
    }
    store.journal().append(tx, entries);
    return entries;
  }

  private List<JournalEntry> entries(
      Channel channel, OrderPosition position, List<Fact> facts, Map<String, Balances> posted) {
    Map<String, Balances> ofOrder = new TreeMap<>();
    for (Fact fact : facts) {
      Balances balances = posted.get(fact.name().toString());
      if (balances != null) {
        ofOrder.put(fact.name().toString(), balances);
      }
    }
    return OrderPosting.of(mappings, channel).entries(position, ofOrder);
  }

  private void problems(Channel channel, OrderPosition position) {
    Set<String> present = new TreeSet<>();
    for (Problem problem : position.problems()) {
      if (!channel.capturesReported() && problem.code().equals(Problem.REFUND_ABOVE_CAPTURED)) {
        continue;
      }
      present.add(problem.code());
      items.add(
          new Desk.NewItem(
              DeskKeys.team(problem.code()),
              problem.code(),
              position.key().entity(),
              position.key().channel(),
              position.key().toString(),
              problem.message(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              DeskKeys.problem(position.key(), problem.code())));
    }
    for (String code : Problem.CODES) {
      if (!present.contains(code)) {
        solved.add(DeskKeys.problem(position.key(), code));
      }
    }
  }

  /** A fact whose rate is missing is booked when its document is read again. */
  private void rates(Channel channel, OrderPosition position) {
    OrderKey order = position.key();
    List<Problem> missing = OrderPosting.of(mappings, channel).problems(position);
    if (missing.isEmpty()) {
      solved.add(DeskKeys.problem(order, OrderPosting.NO_RATE));
      return;
    }
    Problem first = missing.get(0);
    Optional<String> document =
        changes.of(order).stream()
            .filter(fact -> fact.name().toString().equals(first.reference()))
            .map(StoredFact::rawId)
            .findFirst();
    items.add(
        new Desk.NewItem(
            DeskKeys.team(first.code()),
            first.code(),
            order.entity(),
            order.channel(),
            order.toString(),
            first.message(),
            document,
            Optional.empty(),
            Optional.empty(),
            DeskKeys.problem(order, first.code())));
  }

  private List<Fact> facts(OrderKey order) {
    List<Fact> facts = new ArrayList<>();
    for (StoredFact stored : changes.of(order)) {
      Fact fact = parsed.get(stored.name());
      facts.add(fact != null ? fact : StoredFacts.read(stored));
    }
    return facts;
  }

  private static Archive.NewDocument kept(Translated document) {
    return new Archive.NewDocument(document.raw(), outcome(document));
  }

  private static RawOutcome outcome(Translated document) {
    return document.translation().faults().isEmpty() ? RawOutcome.RECORDED : RawOutcome.WAITING;
  }

  private static Desk.NewItem fault(Translated document, Fault fault) {
    RawDocument raw = document.raw();
    Channel channel = document.channel();
    String about = fault.reference().equals(raw.id()) ? raw.externalId() : fault.reference();
    OrderKey subject = new OrderKey(channel.entity(), channel.id(), about);
    Optional<FactName> fact = fact(channel, fault);
    return new Desk.NewItem(
        WorkItem.Team.OPERATIONS,
        fault.code(),
        channel.entity(),
        channel.id(),
        subject.toString(),
        fault.message(),
        Optional.of(raw.id()),
        fact.map(FactName::toString),
        Optional.empty(),
        fact.map(DeskKeys::untranslated)
            .orElseGet(() -> DeskKeys.untranslated(raw.document(), subject)));
  }

  private static Optional<FactName> fact(Channel channel, Fault fault) {
    int slash = fault.fact().indexOf('/');
    return slash < 0
        ? Optional.empty()
        : Optional.of(
            new FactName(
                channel.entity(),
                channel.id(),
                FactKind.of(fault.fact().substring(0, slash)),
                fault.fact().substring(slash + 1)));
  }

  private static Desk.NewItem conflict(Translated document, RawDocument copy) {
    Channel channel = document.channel();
    return new Desk.NewItem(
        WorkItem.Team.OPERATIONS,
        "document-conflict",
        channel.entity(),
        channel.id(),
        document.raw().id(),
        ("document %s came again with other content under the same event id; the first one counts."
                + " The second one is kept: retry to let it count too, or skip it")
            .formatted(document.raw().id()),
        Optional.of(copy.id()),
        Optional.empty(),
        Optional.empty(),
        "document-conflict:" + copy.id());
  }

  private Desk.NewItem conflict(Translated document, CanonicalFact fact) {
    FactName name = fact.fact().name();
    return new Desk.NewItem(
        WorkItem.Team.OPERATIONS,
        "revision-conflict",
        name.entity(),
        name.channel(),
        fact.fact().order().toString(),
        ("%s came again with the same revision %s and other content; the first one counts. Ask"
                + " the channel for the order's present state, or replay it if the mapping changed")
            .formatted(name, fact.fact().revision()),
        Optional.of(document.raw().id()),
        Optional.of(name.toString()),
        Optional.empty(),
        DeskKeys.conflict(name));
  }
}
