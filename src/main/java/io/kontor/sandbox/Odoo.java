package io.kontor.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The server behind both dialects: runs one call after the other, each as one transaction that is
 * on the disk before its answer is known.
 */
final class Odoo implements AutoCloseable {

  /** What a dialect does with the records of one call. */
  @FunctionalInterface
  interface Work {
    Object run(Env env, Concurrency.Snapshot snapshot);
  }

  private static final System.Logger LOG = System.getLogger(Odoo.class.getName());

  private final OdooVersion version;
  private final Clock clock;
  private final Schema schema;
  private final Records records;
  private final Map<String, Methods> methods = new LinkedHashMap<>();
  private final Concurrency concurrency = new Concurrency();
  private final ReentrantLock turn = new ReentrantLock(true);

  Odoo(OdooVersion version, Optional<Path> file, Clock clock) {
    this.version = version;
    this.clock = clock;
    this.schema = Schema.load(version, Behaviour.rules());
    this.records = new Records(schema, file);
    for (Model model : schema.all()) {
      Methods own = new Methods();
      RecordMethods.register(own, model.name(), version);
      model.rules().methods(own);
      methods.put(model.name(), own);
    }
    if (records.isEmpty()) {
      Seed.plant(Env.system(this));
      records.commit();
    }
  }

  OdooVersion version() {
    return version;
  }

  Schema schema() {
    return schema;
  }

  Records records() {
    return records;
  }

  /** The public methods of a model, or null if there is no such model. */
  Methods methods(String model) {
    return methods.get(model);
  }

  /** Now in UTC, as Odoo writes it. */
  String now() {
    return LocalDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS).format(Conversion.DATE_TIME);
  }

  LocalDate today() {
    return LocalDate.now(clock);
  }

  /** Noted when a call arrives, before it waits for its turn. */
  Concurrency.Snapshot arrive() {
    return concurrency.arrive();
  }

  /** As {@link #arrive()}, but everything the call touches was written meanwhile. */
  Concurrency.Snapshot arriveTooLate() {
    return concurrency.outdated();
  }

  /** Runs one call; its changes are durable when this returns, or undone when it throws. */
  Object transact(Map<String, Object> context, Concurrency.Snapshot snapshot, Work work) {
    turn.lock();
    try {
      Object result = work.run(Env.of(this, context), snapshot);
      records.commit();
      snapshot.commit();
      return result;
    } catch (OdooFault refusal) {
      throw refusal;
    } catch (RuntimeException mistake) {
      LOG.log(System.Logger.Level.ERROR, "the sandbox made a mistake", mistake);
      throw OdooFault.unexpected(mistake);
    } finally {
      records.rollback(0);
      turn.unlock();
    }
  }

  /** How many records there are, by model. */
  Map<String, Object> counts() {
    turn.lock();
    try {
      Map<String, Object> counts = new LinkedHashMap<>();
      for (Model model : schema.all()) {
        counts.put(model.name(), records.count(model.name()));
      }
      return counts;
    } finally {
      turn.unlock();
    }
  }

  /** How many records of a model there are in each state. */
  Map<String, Object> states(String model) {
    turn.lock();
    try {
      Map<String, Object> states = new LinkedHashMap<>();
      Env env = Env.system(this);
      for (Row row : List.copyOf(records.all(model))) {
        states.merge(env.text(row, "state"), 1, (a, b) -> (Integer) a + (Integer) b);
      }
      return states;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      records.close();
    } finally {
      turn.unlock();
    }
  }
}
