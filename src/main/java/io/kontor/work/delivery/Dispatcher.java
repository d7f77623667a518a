package io.kontor.work.delivery;

import io.kontor.mapping.Consequence;
import io.kontor.store.Backlog;
import io.kontor.store.Database;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Hands each consequence to what carries it out, and knows which have something due. */
public final class Dispatcher implements Delivering, Sweeping {

  private final Database database;
  private final Backlog backlog;
  private final Map<Consequence, Delivering> workers;

  public Dispatcher(Database database, Backlog backlog, Map<Consequence, Delivering> workers) {
    this.database = database;
    this.backlog = backlog;
    this.workers = new EnumMap<>(workers);
  }

  @Override
  public int deliverDue(Consequence consequence) {
    Delivering worker = workers.get(consequence);
    if (worker == null) {
      throw new IllegalArgumentException("nobody carries out " + consequence.word());
    }
    return worker.deliverDue(consequence);
  }

  @Override
  public List<Consequence> due() {
    return database.inTransaction(tx -> List.copyOf(backlog.due(tx)));
  }
}
