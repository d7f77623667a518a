package io.kontor.work;

import io.kontor.ledger.Balances;
import io.kontor.ledger.JournalEntry;
import io.kontor.store.Batches;
import io.kontor.store.Journal;
import io.kontor.store.JournalFilter;
import io.kontor.store.PostingBatch;
import io.kontor.store.Tx;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Says why a person should look at a batch before it is approved. */
public final class BatchReview {

  private static final Set<PostingBatch.State> DECIDED =
      EnumSet.of(PostingBatch.State.APPROVED, PostingBatch.State.POSTED);

  private final Batches batches;
  private final Journal journal;

  public BatchReview(Batches batches, Journal journal) {
    this.batches = batches;
    this.journal = journal;
  }

  /** The reasons, in words; none for a batch like those before it. */
  List<String> reasons(Tx tx, PostingBatch batch) {
    List<PostingBatch> before =
        batches.list(tx, batch.entity(), DECIDED).stream()
            .filter(decided -> decided.channel().equals(batch.channel()))
            .toList();
    Content content = content(tx, batch.id());
    List<String> reasons = new ArrayList<>();
    content.balances.postings().stream()
        .filter(posting -> posting.account().role().equals("suspense"))
        .forEach(p -> reasons.add("%s stands on %s".formatted(p.amount(), p.account())));
    if (before.isEmpty()) {
      reasons.add("it is the first batch of channel " + batch.channel());
      return reasons;
    }
    Set<String> approved = new TreeSet<>();
    before.forEach(decided -> approved.addAll(content(tx, decided.id()).mappings));
    content.mappings.removeAll(approved);
    if (!content.mappings.isEmpty()) {
      reasons.add("the mappings changed: version " + String.join(", ", content.mappings));
    }
    LocalDate last = before.get(before.size() - 1).date();
    if (content.late(last)) {
      reasons.add("facts of %s or before came late".formatted(last));
    }
    return reasons;
  }

  /** What a batch moves on each account. */
  public Balances balances(Tx tx, String batchId) {
    return content(tx, batchId).balances;
  }

  private Content content(Tx tx, String batchId) {
    Content content = new Content();
    journal.stream(tx, JournalFilter.all().batch(batchId), stored -> content.add(stored.entry()));
    return content;
  }

  private static final class Content {
    private final Balances balances = new Balances();
    private final Set<String> mappings = new TreeSet<>();
    private final Set<LocalDate> dates = new TreeSet<>();

    void add(JournalEntry entry) {
      entry.postings().forEach(balances::add);
      mappings.add(entry.mappings());
      dates.add(entry.date());
    }

    boolean late(LocalDate last) {
      return dates.stream().anyMatch(date -> !date.isAfter(last));
    }
  }
}
