package io.kontor.work.batch;

import io.kontor.failure.RejectedFailure;
import io.kontor.ledger.Account;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.store.BatchForm;
import io.kontor.store.BatchForms;
import io.kontor.store.PostingBatch;
import io.kontor.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a batch can still be approved as it was written when it was proposed. */
final class BatchWriting {

  private final BatchForms forms;
  private final Mappings mappings;

  BatchWriting(BatchForms forms, Mappings mappings) {
    this.forms = forms;
    this.mappings = mappings;
  }

  /**
   * What is against approving it: accounts that no chart has, or a chart, books or granularities
   * that somebody has changed since, who does not want what was shown of the old ones.
   */
  Optional<RejectedFailure> objection(Tx tx, PostingBatch batch) {
    String anew = "Reject batch %s and run settle: it is proposed anew".formatted(batch.id());
    List<String> missing = forms.missing(tx, batch.id());
    if (!missing.isEmpty()) {
      return Optional.of(
          new RejectedFailure(
              "account-not-in-chart",
              batch.id(),
              "mappings/accounts/%s/chart.csv had no row for %s. Add it and restart the hub. %s"
                  .formatted(batch.entity(), String.join(", ", missing), anew)));
    }
    List<String> changed =
        forms
            .of(tx, batch.id())
            .map(form -> changed(form, mappings.entities().get(batch.entity())))
            .orElse(List.of());
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RejectedFailure(
                "chart-changed",
                batch.id(),
                "since batch %s was proposed the mappings have changed: %s. %s"
                    .formatted(batch.id(), String.join("; ", changed), anew)));
  }

  private static List<String> changed(BatchForm form, Entity now) {
    List<String> changed = new ArrayList<>();
    for (Chart.Row row : form.chart().rows()) {
      String there =
          now.chart()
              .row(new Account(row.account()))
              .map(BatchWriting::words)
              .orElse("not in the chart");
      if (!there.equals(words(row))) {
        changed.add("%s was %s and is %s".formatted(row.account(), words(row), there));
      }
    }
    for (Entity.Book book : now.books()) {
      Entity.Granularity granularity = form.books().get(book.target());
      if (granularity == null) {
        changed.add("there was no %s book".formatted(book.target().word()));
      } else if (granularity != book.granularity()) {
        changed.add(
            "the %s book took each %s and takes each %s"
                .formatted(book.target().word(), granularity.word(), book.granularity().word()));
      }
    }
    return changed;
  }

  private static String words(Chart.Row row) {
    return "%s %s (%s; %s)".formatted(row.code(), row.name(), row.type(), row.file());
  }
}
