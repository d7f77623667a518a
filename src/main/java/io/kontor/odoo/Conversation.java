package io.kontor.odoo;

import io.kontor.failure.Failure;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.odoo.document.OdooCompany;
import io.kontor.odoo.document.OdooDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One batch of documents, from looking up what exists to the last word on each.
 *
 * <p>Documents are open until something is known of them; each step works on the open ones and
 * closes those that cannot go on. Those that met another transaction are looked up and sent again,
 * a few times. Used once, by one thread.
 *
 * @param <D> the kind of document
 */
abstract class Conversation<D extends OdooDocument> {

  /** How often documents that met another transaction are looked up and sent again. */
  private static final int MOST_TURNS = 3;

  private final Map<String, D> open = new LinkedHashMap<>();
  private final Map<String, DeliveryOutcome> outcomes = new LinkedHashMap<>();
  private final List<D> contended = new ArrayList<>();
  private boolean lastTurn;
  private Failure broken;

  /** Brings the open documents as far as they go and {@link #done reports} those that arrived. */
  abstract void speak();

  /** Delivers the documents; an outcome for each. */
  final Map<String, DeliveryOutcome> hold(List<D> documents) {
    List<D> remaining = documents;
    for (int turn = 1; !remaining.isEmpty(); turn++) {
      lastTurn = turn == MOST_TURNS;
      open.clear();
      contended.clear();
      remaining.forEach(document -> open.put(document.externalId(), document));
      try {
        speak();
      } catch (Failure e) {
        open().forEach(document -> close(document, e));
      }
      remaining = List.copyOf(contended);
    }
    return outcomes;
  }

  /** The fault that leaves no sense in sending the next batch at once; empty when all went well. */
  final Optional<Failure> brokenOff() {
    return Optional.ofNullable(broken);
  }

  /** The documents that are still open, as a list that stays as it is. */
  final List<D> open() {
    return List.copyOf(open.values());
  }

  final List<D> select(Predicate<D> which) {
    return open.values().stream().filter(which).toList();
  }

  final boolean isOpen(D document) {
    return open.containsKey(document.externalId());
  }

  /** A step for one document, which closes it where it fails. */
  final void closing(D document, Runnable step) {
    try {
      step.run();
    } catch (Failure e) {
      close(document, e);
    }
  }

  /**
   * A call for all the documents at once; for each of them, where Odoo refuses it for some. One
   * that is refused by itself closes, unless it is done already: somebody else may have done it
   * since we looked.
   */
  final void together(List<D> documents, Consumer<List<D>> call, Predicate<D> isDone) {
    if (documents.isEmpty()) {
      return;
    }
    try {
      call.accept(documents);
    } catch (RejectedFailure e) {
      if (documents.size() > 1) {
        documents.forEach(document -> together(List.of(document), call, isDone));
      } else if (!isDone.test(documents.get(0))) {
        close(documents.get(0), e);
      }
    } catch (Failure e) {
      documents.forEach(document -> close(document, e));
    }
  }

  /** Says an open document otherwise from here on; it stays what it was for whoever gave it. */
  final void reword(D document) {
    open.replace(document.externalId(), document);
  }

  final void close(D document, Failure failure) {
    close(document.externalId(), failure);
  }

  final void close(String id, Failure failure) {
    D document = open.remove(id);
    if (document == null) {
      return;
    }
    if (failure.code().equals(BatchLoad.CONTENDED) && !lastTurn) {
      contended.add(document);
      return;
    }
    if (failure instanceof TransientFailure || failure instanceof InDoubtFailure) {
      broken = failure;
    }
    outcomes.put(id, DeliveryOutcome.failed(id, failure));
  }

  final void done(DeliveryOutcome.Delivered delivered) {
    open.remove(delivered.externalId());
    outcomes.put(delivered.externalId(), delivered);
  }

  /**
   * Holds conversations, company by company and batch after batch, until all documents have an
   * outcome.
   *
   * @param documents of two with one external id the later one counts
   * @param size how many of the remaining documents the next batch takes, at least one
   * @param conversation a new conversation for a batch of a company
   * @return an outcome for each external id, in the order given
   */
  static <D extends OdooDocument> List<DeliveryOutcome> deliver(
      List<D> documents,
      Function<List<D>, Integer> size,
      Function<OdooCompany, Conversation<D>> conversation) {
    Map<String, D> wanted = new LinkedHashMap<>();
    documents.forEach(document -> wanted.put(document.externalId(), document));
    Map<OdooCompany, List<D>> byCompany = new LinkedHashMap<>();
    for (D document : wanted.values()) {
      byCompany.computeIfAbsent(document.company(), c -> new ArrayList<>()).add(document);
    }
    Map<String, DeliveryOutcome> outcomes = new HashMap<>();
    byCompany.forEach(
        (company, ofCompany) ->
            outcomes.putAll(holdAll(ofCompany, size, () -> conversation.apply(company))));
    return wanted.keySet().stream().map(outcomes::get).toList();
  }

  /** After a fault that concerns the server, the rest is not sent and comes later. */
  private static <D extends OdooDocument> Map<String, DeliveryOutcome> holdAll(
      List<D> documents, Function<List<D>, Integer> size, Supplier<Conversation<D>> conversation) {
    Map<String, DeliveryOutcome> outcomes = new LinkedHashMap<>();
    List<D> rest = documents;
    Optional<Failure> broken = Optional.empty();
    while (!rest.isEmpty() && broken.isEmpty()) {
      List<D> chunk = rest.subList(0, size.apply(rest));
      rest = rest.subList(chunk.size(), rest.size());
      Conversation<D> talk = conversation.get();
      outcomes.putAll(talk.hold(chunk));
      broken = talk.brokenOff();
    }
    for (D document : documents) {
      String id = document.externalId();
      if (!outcomes.containsKey(id)) {
        outcomes.put(id, notSent(id, broken.orElseThrow()));
      }
    }
    return outcomes;
  }

  private static DeliveryOutcome notSent(String id, Failure reason) {
    return new DeliveryOutcome.Later(
        id,
        new TransientFailure(
            reason.code(),
            id,
            "not sent, because the call before it failed: " + reason.getMessage(),
            reason));
  }
}
