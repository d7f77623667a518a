package io.kontor.work.recording;

import io.kontor.document.RawDocument;
import io.kontor.failure.Failure;
import io.kontor.failure.FaultPoint;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.translation.Fault;
import io.kontor.mapping.translation.Translation;
import io.kontor.mapping.translation.Translator;
import io.kontor.sales.OrderKey;
import io.kontor.store.Database;
import io.kontor.store.Delivery;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import io.kontor.work.Tickets;
import io.kontor.work.desk.Rereading;
import io.kontor.work.settlement.Reconciliation;
import io.kontor.work.settlement.StatementImport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records documents: the raw document, its facts, their journal entries and a delivery for every
 * consequence, in one transaction for the whole batch. Thread-safe.
 *
 * <p>The unique names do the deduplication, so a document that is handed over again after a crash
 * finds its rows and changes nothing. A document that cannot be recorded does not keep the others
 * waiting: the batch is then recorded one by one, and the guilty one goes to the desk.
 */
public final class Recorder implements Recording {

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private final Database database;
  private final Mappings mappings;
  private final Translator translator;
  private final Store store;
  private final StatementImport statements;
  private final Tickets tickets;
  private final Consumer<Recorded> counts;

  public Recorder(
      Store store,
      Mappings mappings,
      Translator translator,
      StatementImport statements,
      Tickets tickets,
      Consumer<Recorded> counts) {
    this.mappings = mappings;
    this.translator = translator;
    this.store = store;
    this.database = store.database();
    this.statements = statements;
    this.tickets = tickets;
    this.counts = counts;
  }

  @Override
  public void record(List<RawDocument> documents) {
    List<Translated> translated = new ArrayList<>();
    for (RawDocument raw : documents) {
      if (statements.takes(raw)) {
        statements.importStatement(raw);
      } else {
        translated.add(translate(raw));
      }
    }
    if (!translated.isEmpty()) {
      recordTogether(translated);
    }
    // What was answered 202 is on the broker's disk; it may leave there only once it is on ours.
    database.sync();
  }

  private void recordTogether(List<Translated> documents) {
    try {
      commit(documents);
    } catch (TransientFailure e) {
      throw e;
    } catch (RuntimeException e) {
      if (documents.size() == 1) {
        refuse(documents.get(0), e);
      } else {
        LOG.warn(
            "A batch of {} could not be recorded; going one by one: {}",
            documents.size(),
            e.toString());
        documents.forEach(document -> recordTogether(List.of(document)));
      }
    }
  }

  private void commit(List<Translated> documents) {
    Recorded recorded =
        database.inTransaction(
            tx -> {
              Recorded batch = new RecordedBatch(tx, store, mappings).record(documents);
              FaultPoint.BEFORE_DATABASE_COMMIT.reached();
              return batch;
            });
    FaultPoint.AFTER_DATABASE_COMMIT.reached();
    announce(recorded);
  }

  /**
   * Records a document that a person makes, in the transaction in which it is made.
   *
   * @param making makes it, holding the lock of the order that it is about, and no other one's
   * @throws RejectedFailure if it cannot be recorded: nothing is kept
   */
  void recordMade(Function<Tx, RawDocument> making) {
    Recorded recorded =
        database.inTransaction(
            tx -> {
              Translated document = translate(making.apply(tx));
              document.translation().faults().stream()
                  .findFirst()
                  .ifPresent(
                      fault -> {
                        throw new RejectedFailure(fault.code(), fault.reference(), fault.message());
                      });
              return new RecordedBatch(tx, store, mappings).record(List.of(document));
            });
    database.sync();
    announce(recorded);
  }

  private void announce(Recorded recorded) {
    counts.accept(recorded);
    recorded.woken().forEach(tickets::wake);
  }

  /**
   * Reads a document again that is in the archive: its mapping was mended, or a person edited it.
   *
   * @param within is done in the transaction that records it
   * @return whether it is understood now
   */
  public boolean recordAgain(RawDocument raw, Rereading.Within within) {
    if (statements.takes(raw)) {
      boolean imported = statements.read(raw, within);
      database.sync();
      return imported;
    }
    Translated document = translate(raw);
    try {
      return recordAgain(document, within);
    } catch (RejectedFailure e) {
      return recordAgain(withoutContested(document, e).orElseThrow(() -> e), within);
    }
  }

  private boolean recordAgain(Translated document, Rereading.Within within) {
    boolean understood = document.translation().faults().isEmpty();
    Recorded recorded =
        database.inTransaction(
            tx -> {
              within.before(tx);
              Recorded again =
                  new RecordedBatch(tx, store, mappings).recordAgain(List.of(document));
              within.after(tx, understood);
              return again;
            });
    database.sync();
    announce(recorded);
    return understood;
  }

  /** What is left of a document without the orders on whose facts recording it failed. */
  private Optional<Translated> withoutContested(Translated document, RuntimeException cause) {
    return ContestedOrders.are(cause)
        ? database.inTransaction(tx -> ContestedOrders.of(tx, store, document)).without(document)
        : Optional.empty();
  }

  /** The document waits; the orders of it that can be recorded count. */
  private void refuse(Translated document, RuntimeException cause) {
    Optional<Translated> rest = withoutContested(document, cause);
    if (rest.isEmpty()) {
      refuseWhole(document, cause);
      return;
    }
    LOG.warn(
        "Document {} is recorded without some of its orders: {}",
        document.raw().id(),
        cause.getMessage());
    try {
      commit(List.of(rest.get()));
    } catch (TransientFailure e) {
      throw e;
    } catch (RuntimeException e) {
      refuseWhole(document, e);
    }
  }

  /** The document is kept, and a person is told; what has no name is a defect of ours. */
  private void refuseWhole(Translated document, RuntimeException cause) {
    RawDocument raw = document.raw();
    String code = "recording-failed";
    if (cause instanceof Failure named) {
      LOG.warn("Document {} could not be recorded: {}", raw.id(), cause.getMessage());
      code = named.code();
    } else {
      LOG.error("Document {} could not be recorded", raw.id(), cause);
    }
    Fault fault = document.notRecorded(code, cause.getMessage());
    commit(
        List.of(
            new Translated(raw, document.channel(), new Translation(List.of(), List.of(fault)))));
  }

  /** A transaction of a replay. */
  ReplayedBatch replay(Tx tx) {
    return new ReplayedBatch(tx, store, mappings);
  }

  /** Whether a document is a statement, which is imported and not translated. */
  boolean isStatement(RawDocument raw) {
    return statements.takes(raw);
  }

  /**
   * Has the settlements of statements matched again that other mappings matched: the night looks
   * only at those that are not explained.
   *
   * @return them
   */
  Set<OrderKey> matchAgain(Tx tx, Collection<RawDocument> documents) {
    List<String> ids =
        documents.stream().filter(this::isStatement).map(RawDocument::id).sorted().toList();
    Set<OrderKey> again = new TreeSet<>(OrderKeys.BY_NAME);
    List<WantedDelivery> wanted = new ArrayList<>();
    for (String subject : ids.isEmpty() ? List.<String>of() : store.makers().subjects(tx, ids)) {
      OrderKey settlement = OrderKey.parse(subject);
      WantedDelivery matching = Reconciliation.wanted(settlement);
      Optional<String> by = store.deliveries().find(tx, matching.id()).flatMap(Delivery::sentHash);
      if (!by.equals(Optional.of(mappings.version()))) {
        again.add(settlement);
        wanted.add(matching);
      }
    }
    store.deliveries().want(tx, wanted);
    return again;
  }

  /** What a document says by today's mappings. */
  Translated read(RawDocument raw) {
    return translate(raw);
  }

  void wake(Set<Consequence> woken) {
    woken.forEach(tickets::wake);
  }

  private Translated translate(RawDocument raw) {
    Channel channel =
        mappings
            .channel(raw.channel())
            .orElseThrow(
                () -> new IllegalArgumentException("no channel is called " + raw.channel()));
    return new Translated(raw, channel, translator.translate(channel, raw));
  }
}
