package io.kontor.work.batch;

import io.kontor.sales.WrittenOff;
import io.kontor.store.BatchContents;
import io.kontor.store.BatchForms;
import io.kontor.store.Batches;
import io.kontor.store.Facts;
import io.kontor.store.JournalFilter;
import io.kontor.store.JournalSums;
import io.kontor.store.PostingBatch;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.words.Words;
import io.kontor.work.StoredFacts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says why a person should look at a batch before it is approved. */
public final class BatchReview {

  /** How many names a reason lists. */
  private static final int MOST_NAMED = 5;

  private final Batches batches;
  private final BatchContents contents;
  private final BatchForms forms;
  private final JournalSums sums;
  private final Facts facts;
  private final BatchFindings findings;

  public BatchReview(Store store, BatchFindings findings) {
    this.batches = store.batches();
    this.contents = store.contents();
    this.forms = store.forms();
    this.sums = store.journalSums();
    this.facts = store.facts();
    this.findings = findings;
  }

  /** The reasons, in words; none for a batch like those before it. */
  public List<String> reasons(Tx tx, PostingBatch batch) {
    List<String> reasons = new ArrayList<>();
    sums.balances(tx, JournalFilter.all().batch(batch.id())).postings().stream()
        .filter(posting -> posting.account().role().equals("suspense"))
        .forEach(p -> reasons.add("%s moves by %s".formatted(p.account(), p.amount())));
    List<String> missing = forms.missing(tx, batch.id());
    if (!missing.isEmpty()) {
      reasons.add("the chart has no row for " + named(missing));
    }
    reasons.addAll(findings.of(tx, batch));
    writeOffs(tx, batch).ifPresent(reasons::add);
    long moved = contents.moved(tx, batch.id());
    if (moved > 0) {
      reasons.add(
          "%d entries are of a locked period and booked on the first open day".formatted(moved));
    }
    batches
        .lastDecided(tx, batch.entity(), batch.channel())
        .filter(before -> before.state() == PostingBatch.State.REJECTED)
        .ifPresent(
            before ->
                reasons.add(
                    "batch %s before it was rejected by %s (%s)"
                        .formatted(before.id(), before.checker().orElse("nobody"), before.note())));
    Optional<LocalDate> last = batches.lastApproved(tx, batch.entity(), batch.channel());
    if (last.isEmpty()) {
      reasons.add("it is the first batch of channel " + batch.channel());
      return reasons;
    }
    List<String> mappings = contents.newMappings(tx, batch);
    if (!mappings.isEmpty()) {
      reasons.add("the mappings changed: version " + named(mappings));
    }
    List<String> accounts = contents.newAccounts(tx, batch);
    if (!accounts.isEmpty()) {
      reasons.add("the channel never moved these accounts before: " + named(accounts));
    }
    contents
        .upTo(tx, batch.id(), last.get())
        .ifPresent(
            late ->
                reasons.add(
                    "%d of its entries came late, of %s to %s: a batch up to %s is approved"
                        .formatted(late.entries(), late.first(), late.last(), last.get())));
    return reasons;
  }

  private Optional<String> writeOffs(Tx tx, PostingBatch batch) {
    List<String> all =
        StoredFacts.readAll(facts.current(tx, contents.writeOffs(tx, batch.id())).values()).stream()
            .map(WrittenOff.class::cast)
            .map(
                off ->
                    "%s of order %s by %s (%s)"
                        .formatted(off.amount(), off.order().order(), off.by(), off.note()))
            .toList();
    return all.isEmpty() ? Optional.empty() : Optional.of("written off: " + named(all));
  }

  private static String named(List<String> names) {
    return Words.some(names, MOST_NAMED);
  }
}
