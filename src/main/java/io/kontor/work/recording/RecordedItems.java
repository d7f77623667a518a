package io.kontor.work.recording;

import io.kontor.document.RawDocument;
import io.kontor.mapping.Channel;
import io.kontor.mapping.translation.CanonicalFact;
import io.kontor.mapping.translation.Fault;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.sales.Problem;
import io.kontor.store.Desk;
import io.kontor.store.RawOutcome;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.store.WorkItem;
import io.kontor.work.desk.DeskKeys;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What recording a batch puts on the work desk, and what it takes off it. */
final class RecordedItems {

  /** Facts that state their order whole: one that comes later takes the place of the one before. */
  private static final Set<FactKind> WHOLE =
      EnumSet.of(FactKind.ORDER_PLACED, FactKind.ORDER_LINES, FactKind.RECEIPT_RUNG);

  private final List<Desk.NewItem> items = new ArrayList<>();
  private final Set<String> solved = new TreeSet<>();

  /** A fact was read and counts: whatever stood in its way is over. */
  void taken(Translated document, CanonicalFact fact) {
    FactName name = fact.fact().name();
    solved.add(DeskKeys.untranslated(name));
    solved.add(DeskKeys.conflict(name));
    if (WHOLE.contains(name.kind())) {
      solved.add(DeskKeys.untranslated(document.raw().document(), fact.fact().order()));
    }
  }

  /**
   * A problem of an order as a whole.
   *
   * @param document the document to read again once it is solved
   */
  void problem(OrderKey order, Problem problem, Optional<String> document) {
    items.add(
        new Desk.NewItem(
            DeskKeys.team(problem.code()),
            problem.code(),
            order.entity(),
            order.channel(),
            order.toString(),
            problem.message(),
            document,
            Optional.empty(),
            Optional.empty(),
            DeskKeys.problem(order, problem.code())));
  }

  /** An order does not have a problem, or has it no more. */
  void noProblem(OrderKey order, String code) {
    solved.add(DeskKeys.problem(order, code));
  }

  /** What a document says is faulty. */
  void fault(Translated document, Fault fault) {
    RawDocument raw = document.raw();
    Channel channel = document.channel();
    String about = fault.reference().equals(raw.id()) ? raw.externalId() : fault.reference();
    OrderKey subject = new OrderKey(channel.entity(), channel.id(), about);
    Optional<FactName> fact = fact(channel, fault);
    items.add(
        new Desk.NewItem(
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
                .orElseGet(() -> DeskKeys.untranslated(raw.document(), subject))));
  }

  private static Optional<FactName> fact(Channel channel, Fault fault) {
    int slash = fault.fact().indexOf('/');
    return slash < 0
        ? Optional.empty()
        : FactKind.find(fault.fact().substring(0, slash))
            .map(
                kind ->
                    new FactName(
                        channel.entity(), channel.id(), kind, fault.fact().substring(slash + 1)));
  }

  /** A document came again with other content, and is kept under another name. */
  void conflict(Translated document, RawDocument copy) {
    Channel channel = document.channel();
    items.add(
        new Desk.NewItem(
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
            "document-conflict:" + copy.id()));
  }

  /** A fact came again with the same revision and other content. */
  void conflict(Translated document, CanonicalFact fact) {
    FactName name = fact.fact().name();
    items.add(
        new Desk.NewItem(
            WorkItem.Team.OPERATIONS,
            "revision-conflict",
            name.entity(),
            name.channel(),
            fact.fact().order().toString(),
            ("%s came again with the same revision %s and other content; the first one counts: skip"
                    + " this if that is right. Else have it sent once more with a newer revision, or"
                    + " replay it if only the mapping changed")
                .formatted(name, fact.fact().revision()),
            Optional.of(document.raw().id()),
            Optional.of(name.toString()),
            Optional.empty(),
            DeskKeys.conflict(name)));
  }

  /** Opens and resolves items; a document that another one took the place of waits no more. */
  void write(Tx tx, Store store) {
    Set<String> keys = new TreeSet<>(solved);
    items.forEach(item -> keys.add(item.dedupeKey()));
    Map<String, Optional<String>> open = store.workItems().openAmong(tx, keys);
    if (!open.isEmpty()) {
      store.desk().resolveKeys(tx, solved, "the facts agree now");
    }
    store.desk().open(tx, items);
    Set<String> before = new TreeSet<>();
    open.values().forEach(document -> document.ifPresent(before::add));
    if (before.isEmpty()) {
      return;
    }
    before.removeAll(store.workItems().documentsWithItems(tx, before));
    Map<String, RawOutcome> superseded = new TreeMap<>();
    before.forEach(id -> superseded.put(id, RawOutcome.RECORDED));
    store.archive().decide(tx, superseded);
  }
}
