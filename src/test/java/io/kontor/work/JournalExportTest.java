package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.RejectedFailure;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.TestDatabase;
import io.kontor.work.proof.JournalExport;
import java.time.LocalDate;
import java.util.Optional;

class JournalExportTest {

  @OnBothDatabases
  void an_entity_that_never_was_is_named_and_not_an_empty_journal(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", LocalDate.of(2026, 11, 19), "119.00");
    JournalExport export =
        new JournalExport(db.store.database(), db.store.journal(), finance.mappings);

    assertThat(export.csv(Optional.of("nordwind"))).contains("119.00");
    assertThat(export.csv(Optional.of("northwind"))).doesNotContain("119.00");
    assertThatThrownBy(() -> export.hledger(Optional.of("nordwnd")))
        .isInstanceOf(RejectedFailure.class)
        .hasMessageContaining("there is no entity 'nordwnd'; there are: nordwind, northwind");
  }
}
