package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.document.RawDocument;
import io.kontor.sales.FactKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Nights, the audit log, cursors and control totals. */
class HousekeepingTest {

  private static final Duration LEASE = Duration.ofMinutes(10);

  private final Nights nights = new Nights();

  private boolean begin(TestDatabase db, String owner) {
    return db.in(tx -> nights.begin(tx, "nordwind", Samples.DAY, owner, LEASE));
  }

  private boolean finish(TestDatabase db, String owner, Nights.State state) {
    return db.in(tx -> nights.finish(tx, "nordwind", Samples.DAY, owner, state, "note"));
  }

  @OnBothDatabases
  void a_node_that_starts_again_ends_the_leases_of_its_own_runs_alone(TestDatabase db) {
    assertThat(begin(db, "one/1")).isTrue();
    db.clock.goOn(Duration.ofSeconds(1));

    assertThat((int) db.in(tx -> nights.expireLeases(tx, "two/"))).isZero();
    assertThat(begin(db, "two/1")).isFalse();
    assertThat((int) db.in(tx -> nights.expireLeases(tx, "one/"))).isEqualTo(1);
    assertThat(begin(db, "two/1")).isTrue();
  }

  @OnBothDatabases
  void a_night_is_run_by_one_until_it_is_done(TestDatabase db) {
    assertThat(begin(db, "a")).isTrue();
    assertThat(begin(db, "b")).isFalse();
    assertThat(finish(db, "b", Nights.State.DONE)).isFalse();
    assertThat(finish(db, "a", Nights.State.FAILED)).isTrue();
    assertThat(begin(db, "b")).isTrue();
    assertThat(finish(db, "b", Nights.State.DONE)).isTrue();
    assertThat(begin(db, "a")).isFalse();

    Nights.Night night = db.in(tx -> nights.find(tx, "nordwind", Samples.DAY)).orElseThrow();
    assertThat(night.state()).isEqualTo(Nights.State.DONE);
    assertThat(night.attempts()).isEqualTo(2);
  }

  @OnBothDatabases
  void a_night_whose_runner_is_gone_is_taken_over(TestDatabase db) {
    begin(db, "a");
    db.clock.goOn(Duration.ofMinutes(6));
    assertThat(
            db.<Boolean, RuntimeException>in(
                tx -> nights.renew(tx, "nordwind", Samples.DAY, "a", LEASE)))
        .isTrue();
    db.clock.goOn(Duration.ofMinutes(6));
    assertThat(begin(db, "b")).isFalse();
    db.clock.goOn(Duration.ofMinutes(6));

    assertThat(begin(db, "b")).isTrue();
    assertThat(finish(db, "a", Nights.State.DONE)).isFalse();
    db.in(tx -> nights.expireLeases(tx, ""));
    assertThat(begin(db, "c")).isTrue();
  }

  @OnBothDatabases
  void the_audit_log_says_who_did_what(TestDatabase db) {
    AuditLog audit = new AuditLog();
    db.run(tx -> audit.append(tx, "anna", "approved", "batch 1", "hash 3f"));
    db.run(tx -> audit.append(tx, "erik", "retried", "item 7", ""));

    List<AuditLog.Act> newest = db.in(tx -> audit.newest(tx, 10));

    assertThat(newest).extracting(AuditLog.Act::who).containsExactly("erik", "anna");
    assertThat(newest).extracting(AuditLog.Act::what).containsExactly("retried", "approved");
    assertThat(newest).extracting(AuditLog.Act::subject).containsExactly("item 7", "batch 1");
  }

  @OnBothDatabases
  void a_cursor_is_where_it_was_set_last(TestDatabase db) {
    Cursors cursors = new Cursors();
    Optional<String> before = db.in(tx -> cursors.get(tx, "amazon/orders"));
    db.run(tx -> cursors.set(tx, "amazon/orders", "1"));
    db.run(tx -> cursors.set(tx, "amazon/orders", "2"));

    assertThat(before).isEmpty();
    Optional<String> after = db.in(tx -> cursors.get(tx, "amazon/orders"));
    assertThat(after).contains("2");
  }

  @OnBothDatabases
  void control_totals_count_each_stage(TestDatabase db) {
    Instant at = TestDatabase.START;
    db.run(
        tx -> {
          db.store
              .archive()
              .addNew(
                  tx,
                  List.of(
                      raw("1", RawOutcome.RECORDED),
                      raw("1", RawOutcome.RECORDED),
                      raw("2", RawOutcome.WAITING),
                      raw("3", RawOutcome.REFUSED)));
          db.store.revisions().insert(tx, List.of(Samples.fact("1", at, "{}")));
          db.store
              .desk()
              .open(
                  tx,
                  List.of(
                      new Desk.NewItem(
                          WorkItem.Team.OPERATIONS,
                          "untranslated",
                          "nordwind",
                          "shopify",
                          "2",
                          "no id",
                          Optional.of("shopify/orders/2"),
                          Optional.empty(),
                          Optional.empty(),
                          "raw:2")));
        });
    ControlTotals totals = db.store.totals();

    List<ControlTotals.Documents> documents = db.in(tx -> totals.documents(tx, at));
    List<ControlTotals.Documents> later = db.in(tx -> totals.documents(tx, at.plusSeconds(1)));
    List<ControlTotals.FactCount> facts = db.in(totals::facts);
    List<ControlTotals.OnDesk> onDesk = db.in(totals::onDesk);

    assertThat(documents)
        .containsExactly(new ControlTotals.Documents("shopify", "orders", 3, 1, 1, 1, 1));
    assertThat(later).isEmpty();
    assertThat(facts)
        .containsExactly(
            new ControlTotals.FactCount("nordwind", "shopify", FactKind.ORDER_PLACED, 1));
    assertThat(onDesk).containsExactly(new ControlTotals.OnDesk("shopify", 1));
  }

  private static Archive.NewDocument raw(String id, RawOutcome outcome) {
    return new Archive.NewDocument(
        new RawDocument(
            "shopify", "orders", id, TestDatabase.START, "application/json", new byte[] {1}),
        outcome);
  }
}
