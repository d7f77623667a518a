package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.RejectedFailure;
import io.kontor.store.JournalFilter;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.TestDatabase;
import io.kontor.work.proof.JournalExport;
import java.time.LocalDate;

class JournalExportTest {

  @OnBothDatabases
  void an_entity_that_never_was_is_named_and_not_an_empty_journal(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", LocalDate.of(2026, 11, 19), "119.00");
    JournalExport export =
        new JournalExport(db.store.database(), db.store.journal(), finance.mappings, 10);

    assertThat(export.csv(JournalFilter.all().entity("nordwind"))).contains("119.00");
    assertThat(export.csv(JournalFilter.all().entity("northwind"))).doesNotContain("119.00");
    assertThatThrownBy(() -> export.hledger(JournalFilter.all().entity("nordwnd")))
        .isInstanceOf(RejectedFailure.class)
        .hasMessageContaining("there is no entity 'nordwnd'; there are: nordwind, northwind");
  }

  @OnBothDatabases
  void more_than_fits_into_the_memory_is_asked_for_in_parts(TestDatabase db) {
    Finance finance = new Finance(db);
    LocalDate day = LocalDate.of(2026, 11, 19);
    finance.sell("1", day, "119.00");
    finance.sell("2", day.plusDays(1), "238.00");
    JournalExport export =
        new JournalExport(db.store.database(), db.store.journal(), finance.mappings, 1);

    assertThatThrownBy(() -> export.csv(JournalFilter.all()))
        .isInstanceOf(RejectedFailure.class)
        .hasMessageContaining("more than 1 entries")
        .hasMessageContaining("--entity, --from and --to");
    assertThat(export.csv(JournalFilter.all().from(day).upTo(day)))
        .contains("119.00")
        .doesNotContain("238.00");
  }
}
