package io.kontor.store;

import static io.kontor.store.SampleSettlements.line;
import static io.kontor.store.SampleSettlements.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;

class FindingsTest {

  @OnBothDatabases
  void findings_of_an_order_are_superseded_by_those_of_a_later_settlement(TestDatabase db) {
    Findings findings = new Findings();
    Settlement earlier = settlement(db, "S-1", List.of(line(1, "A", "MUG", "sale", "5.00")));
    Settlement later = settlement(db, "S-2", List.of(line(1, "A", "MUG", "sale", "16.00")));
    Findings.Finding finding =
        new Findings.Finding(
            "differs", "missing-line", "A", "", new BigDecimal("21"), new BigDecimal("5"), 1);
    db.run(tx -> findings.add(tx, earlier, 0, List.of(finding)));
    List<Findings.Group> groups = db.in(tx -> findings.groups(tx, earlier));
    assertThat(groups).hasSize(1);

    int gone = db.in(tx -> findings.supersede(tx, later, List.of(earlier.importId()), "duplicate"));

    assertThat(gone).isEqualTo(1);
    List<Findings.Finding> left = db.in(tx -> findings.list(tx, earlier, 10));
    assertThat(left).isEmpty();
  }
}
