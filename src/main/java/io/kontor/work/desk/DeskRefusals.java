package io.kontor.work.desk;

import io.kontor.document.RawDocument;
import io.kontor.failure.Failure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.store.Archive;
import io.kontor.store.Database;
import io.kontor.store.Desk;
import io.kontor.store.RawOutcome;
import io.kontor.store.WorkItem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Leaves on the desk what the runtime could not go on with. Thread-safe. */
public final class DeskRefusals implements Refusals {

  private final Database database;
  private final Archive archive;
  private final Desk desk;
  private final Mappings mappings;

  /** Routes of which nothing is open, as far as this node knows. */
  private final Set<String> wellNow = ConcurrentHashMap.newKeySet();

  public DeskRefusals(Database database, Archive archive, Desk desk, Mappings mappings) {
    this.database = database;
    this.archive = archive;
    this.desk = desk;
    this.mappings = mappings;
  }

  @Override
  public void refuse(RawDocument document, Exception reason) {
    String code = reason instanceof Failure failure ? failure.code() : "not-recorded";
    database.run(
        tx -> {
          archive.addNew(tx, List.of(new Archive.NewDocument(document, RawOutcome.WAITING)));
          desk.open(
              tx,
              List.of(
                  new Desk.NewItem(
                      WorkItem.Team.OPERATIONS,
                      code,
                      entity(document.channel()),
                      document.channel(),
                      document.id(),
                      reason instanceof Failure
                          ? reason.getMessage()
                          : "it could not be recorded (%s) and is kept: retry it, and if it fails again tell whoever looks after the hub"
                              .formatted(reason),
                      Optional.of(document.id()),
                      Optional.empty(),
                      Optional.empty(),
                      "refused:" + document.id())));
        });
    database.sync();
  }

  @Override
  public void refuse(String route, String code, String reference, String reason) {
    wellNow.remove(route);
    database.run(
        tx ->
            desk.open(
                tx,
                List.of(
                    new Desk.NewItem(
                        WorkItem.Team.OPERATIONS,
                        code,
                        "",
                        "",
                        reference,
                        "route %s: %s".formatted(route, reason),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        keysOf(route) + code + ":" + reference))));
  }

  @Override
  public void wentWell(String route) {
    if (wellNow.add(route)) {
      try {
        database.run(
            tx -> desk.resolveKeysBeginning(tx, keysOf(route), "the route got through its work"));
      } catch (RuntimeException e) {
        wellNow.remove(route);
        throw e;
      }
    }
  }

  private static String keysOf(String route) {
    return "route:" + route + ":";
  }

  private String entity(String channel) {
    return mappings.channel(channel).map(Channel::entity).orElse("");
  }
}
