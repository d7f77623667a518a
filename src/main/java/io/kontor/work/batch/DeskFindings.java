package io.kontor.work.batch;

import io.kontor.store.PostingBatch;
import io.kontor.store.Tx;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds in the work items of finance what concerns a batch: what is open, and what somebody
 * answered before the batch was proposed, which the checker has not seen.
 */
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
    for (WorkItems.Answered answered : items.answeredInBatch(tx, WorkItem.Team.FINANCE, batch)) {
      findings.add(words(answered));
    }
    return findings;
  }

  private static String words(WorkItems.Answered answered) {
    WorkItem item = answered.item();
    return "%s (item %d, %s by %s: %s): %s"
        .formatted(
            item.code(),
            item.id(),
            item.state().word(),
            answered.who(),
            answered.note().isEmpty() ? "without a note" : answered.note(),
            item.message());
  }

  private static String words(String code, List<WorkItem> items) {
    WorkItem first = items.get(0);
    String text = "%s (item %d): %s".formatted(code, first.id(), first.message());
    return items.size() == 1 ? text : text + "; and %d more".formatted(items.size() - 1);
  }
}
