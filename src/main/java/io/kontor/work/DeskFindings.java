package io.kontor.work;

import io.kontor.store.Batches;
import io.kontor.store.Desk;
import io.kontor.store.PostingBatch;
import io.kontor.store.Tx;
import io.kontor.store.WorkItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds in the open work items of finance what concerns a batch. */
public final class DeskFindings implements BatchFindings {

  private static final int MOST_ITEMS = 10_000;

  private final Desk desk;
  private final Batches batches;

  public DeskFindings(Desk desk, Batches batches) {
    this.desk = desk;
    this.batches = batches;
  }

  @Override
  public List<String> of(Tx tx, PostingBatch batch) {
    Desk.Filter ofChannel =
        new Desk.Filter(
            Optional.of(WorkItem.State.OPEN),
            Optional.of(WorkItem.Team.FINANCE),
            Optional.of(batch.channel()),
            Optional.empty());
    List<WorkItem> open =
        desk.list(tx, ofChannel, MOST_ITEMS).stream()
            .filter(item -> item.entity().equals(batch.entity()))
            .toList();
    Set<String> subjects = new TreeSet<>();
    open.forEach(item -> subjects.add(item.subject()));
    Set<String> concerned = batches.subjectsAmong(tx, batch.id(), subjects);
    Map<String, List<WorkItem>> byCode = new TreeMap<>();
    open.stream()
        .filter(item -> concerned.contains(item.subject()))
        .forEach(item -> byCode.computeIfAbsent(item.code(), code -> new ArrayList<>()).add(item));
    List<String> findings = new ArrayList<>();
    byCode.forEach((code, items) -> findings.add(words(code, items)));
    return findings;
  }

  private static String words(String code, List<WorkItem> items) {
    WorkItem first = items.get(0);
    String text = "%s (item %d): %s".formatted(code, first.id(), first.message());
    return items.size() == 1 ? text : text + "; and %d more".formatted(items.size() - 1);
  }
}
