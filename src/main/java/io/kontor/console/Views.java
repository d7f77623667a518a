package io.kontor.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.document.RawDocument;
import io.kontor.money.Money;
import io.kontor.store.Delivery;
import io.kontor.store.PostingBatch;
import io.kontor.store.WorkItem;
import io.kontor.work.desk.DeskItems;
import io.kontor.work.desk.DeskKeys;
import io.kontor.work.intake.ClaimChecks;
import io.kontor.work.proof.TieOut;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** How things are written as JSON: amounts as decimal strings, instants in UTC. */
final class Views {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Views() {}

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static <T> ArrayNode list(Collection<T> things, Function<T, ObjectNode> view) {
    ArrayNode list = NODES.arrayNode();
    things.forEach(thing -> list.add(view.apply(thing)));
    return list;
  }

  static ArrayNode array() {
    return NODES.arrayNode();
  }

  static ArrayNode texts(Collection<String> texts) {
    ArrayNode list = NODES.arrayNode();
    texts.forEach(list::add);
    return list;
  }

  static ObjectNode item(WorkItem item) {
    return object()
        .put("id", item.id())
        .put("team", item.team().word())
        .put("state", item.state().word())
        .put("code", item.code())
        .put("entity", item.entity())
        .put("channel", item.channel())
        .put("subject", item.subject())
        .put("message", item.message())
        .put("document", item.rawId().orElse(null))
        .put("fact", item.factName().orElse(null))
        .put("delivery", item.deliveryId().orElse(null))
        .put("occurrences", item.occurrences())
        .put("openedAt", item.openedAt().toString())
        .put("closedAt", item.closedAt().map(Object::toString).orElse(null));
  }

  static ObjectNode shown(DeskItems.Shown shown) {
    ObjectNode view = item(shown.item());
    view.set(
        "history",
        list(
            shown.history(),
            event ->
                object()
                    .put("at", event.at().toString())
                    .put("who", event.who())
                    .put("action", event.action())
                    .put("note", event.note())));
    shown
        .document()
        .ifPresent(
            archived ->
                view.putObject("content")
                    .put("id", archived.document().id())
                    .put("receivedAt", archived.document().receivedAt().toString())
                    .put("purged", archived.purged())
                    .put("body", body(archived.document())));
    shown.delivery().ifPresent(delivery -> view.set("attempts", delivery(delivery)));
    view.set("actions", texts(actions(shown.item())));
    return view;
  }

  /** A document to read; a stored file may be large, and is had by itself. */
  private static String body(RawDocument document) {
    return ClaimChecks.holds(document)
        ? "a stored file: desk show ITEM --file FILE writes it"
        : new String(document.body(), StandardCharsets.UTF_8);
  }

  private static Collection<String> actions(WorkItem item) {
    if (item.state() != WorkItem.State.OPEN) {
      return List.of();
    }
    List<String> actions = new ArrayList<>();
    if (item.deliveryId().isPresent() || item.rawId().isPresent()) {
      actions.add("retry");
      actions.add("skip");
    }
    if (item.rawId().isPresent()) {
      actions.add("edit");
    }
    if (item.code().equals(DeskKeys.SETTLEMENT_CHANGED)) {
      actions.add("replace");
    }
    actions.add("resolve");
    actions.add("assign");
    return actions;
  }

  private static ObjectNode delivery(Delivery delivery) {
    return object()
        .put("id", delivery.id())
        .put("state", delivery.state().word())
        .put("tries", delivery.tries())
        .put("wanted", delivery.wanted())
        .put("sent", delivery.sent())
        .put("nextAt", delivery.nextAt().toString())
        .put("error", delivery.error())
        .put("reference", delivery.sentReference().orElse(null));
  }

  static ObjectNode batch(PostingBatch batch) {
    ObjectNode view =
        object()
            .put("id", batch.id())
            .put("entity", batch.entity())
            .put("channel", batch.channel())
            .put("date", batch.date().toString())
            .put("state", batch.state().word())
            .put("entries", batch.entries())
            .put("hash", batch.hash())
            .put("checker", batch.checker().orElse(null))
            .put("note", batch.note());
    view.set("makers", texts(batch.makers()));
    view.set("reasons", texts(batch.reasons()));
    return view;
  }

  static ObjectNode tieOut(TieOut proof) {
    ObjectNode view =
        object()
            .put("madeAt", proof.madeAt().truncatedTo(ChronoUnit.SECONDS).toString())
            .put("agrees", proof.agrees());
    view.set("breaks", texts(proof.breaks()));
    view.set("clearing", list(proof.clearing(), Views::clearing));
    view.set("settlements", list(proof.settlements(), Views::settlement));
    view.set("books", list(proof.books(), Views::book));
    view.set("tax", list(proof.tax(), Views::tax));
    view.set("documents", list(proof.documents(), Views::documents));
    return view;
  }

  private static ObjectNode clearing(TieOut.Clearing row) {
    return object()
        .put("entity", row.entity())
        .put("channel", row.channel())
        .put("currency", row.ledger().currency().getCurrencyCode())
        .put("charged", row.charged().plain())
        .put("refunded", row.refunded().plain())
        .put("writtenOff", row.writtenOff().plain())
        .put("fees", row.fees().plain())
        .put("taxKept", row.taxKept().plain())
        .put("reserve", row.reserve().plain())
        .put("other", row.other().plain())
        .put("suspense", row.suspense().plain())
        .put("payouts", row.payouts().plain())
        .put("owed", row.owed().plain())
        .put("expected", row.expected().plain())
        .put("ledger", row.ledger().plain())
        .put("difference", row.difference().plain())
        .put("unsettledRecent", row.recent().plain())
        .put("unsettledOlder", row.older().plain())
        .put("openCredits", row.openCredits().plain())
        .put("suspenseLines", row.suspenseLines())
        .put("suspenseSince", row.suspenseSince().map(LocalDate::toString).orElse(null));
  }

  private static ObjectNode settlement(TieOut.Settlement row) {
    return object()
        .put("entity", row.entity())
        .put("channel", row.channel())
        .put("settlement", row.id())
        .put("from", row.from().toString())
        .put("to", row.to().toString())
        .put("lines", row.lines())
        .put("currency", row.header().currency().getCurrencyCode())
        .put("header", row.header().plain())
        .put("sum", row.sum().plain())
        .put("entry", row.entry().map(Money::plain).orElse("none"))
        .put("agrees", row.agrees());
  }

  private static ObjectNode book(TieOut.Book row) {
    return object()
        .put("entity", row.entity())
        .put("book", row.target())
        .put("period", row.period().toString())
        .put("account", row.account())
        .put("name", row.name())
        .put("currency", row.subledger().currency().getCurrencyCode())
        .put("subledger", row.subledger().plain())
        .put("held", row.book().plain())
        .put("inFlight", row.inFlight().plain())
        .put("difference", row.difference().plain());
  }

  private static ObjectNode tax(TieOut.Tax row) {
    return object()
        .put("entity", row.entity())
        .put("tax", row.tax())
        .put("currency", row.ledger().currency().getCurrencyCode())
        .put("base", row.base().plain())
        .put("atRate", row.atRate().plain())
        .put("amount", row.amount().plain())
        .put("ledger", row.ledger().plain())
        .put("difference", row.difference().plain());
  }

  private static ObjectNode documents(TieOut.Documents row) {
    return object()
        .put("channel", row.channel())
        .put("received", row.received())
        .put("repeats", row.repeats())
        .put("recorded", row.recorded())
        .put("refused", row.refused())
        .put("waiting", row.waiting())
        .put("lost", row.lost())
        .put("wanted", row.wanted())
        .put("inOdoo", row.inOdoo())
        .put("pending", row.pending())
        .put("parked", row.parked())
        .put("undelivered", row.undelivered())
        .put("onDesk", row.onDesk());
  }
}
