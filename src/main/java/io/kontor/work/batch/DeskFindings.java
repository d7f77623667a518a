package io.kontor.work.batch;

import io.kontor.store.PostingBatch;
import io.kontor.store.Tx;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds in the open work items of finance what concerns a batch. */
public final class DeskFindings implements BatchFindings {

  private final WorkItems items;

  public DeskFindings(WorkItems items) {
    this.items = items;
  }

  @Override
  public List<String> of(Tx tx, PostingBatch batch) {
    Map<String, List<WorkItem>> byCode = new TreeMap<>();
    for (WorkItem item : items.openInBatch(tx, WorkItem.Team.FINANCE, batch)) {
      byCode.computeIfAbsent(item.code(), code -> new ArrayList<>()).add(item);
    }
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
