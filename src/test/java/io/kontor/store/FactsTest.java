package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

class FactsTest {

  private static final Instant T1 = Instant.parse("2026-11-20T09:00:00Z");

  private final Facts facts = new Facts();
  private final FactRevisions revisions = new FactRevisions();

  @OnBothDatabases
  void a_fact_comes_back_as_it_was_recorded(TestDatabase db) {
    StoredFact fact = Samples.fact("gid://shopify/1", T1.plusNanos(123_456_789), "{\"ü\":\"€\"}");
    db.run(tx -> revisions.insert(tx, List.of(fact)));

    Map<FactName, StoredFact> current =
        db.in(tx -> facts.current(tx, List.of(fact.name(), Samples.placed("unknown"))));

    assertThat(current).containsOnly(Map.entry(fact.name(), fact));
  }

  @OnBothDatabases
  void the_facts_of_an_order_are_found_together(TestDatabase db) {
    StoredFact one = Samples.fact("1", T1, "{}");
    StoredFact two = Samples.fact("2", T1, "{}");
    db.run(tx -> revisions.insert(tx, List.of(two, one)));

    Map<OrderKey, List<StoredFact>> found =
        db.in(tx -> facts.ofOrders(tx, List.of(one.order(), Samples.order("none"))));

    assertThat(found).containsOnly(Map.entry(one.order(), List.of(one)));
  }

  @OnBothDatabases
  void every_fact_is_streamed_in_the_order_of_names(TestDatabase db) {
    List<StoredFact> many =
        IntStream.range(0, 2_500)
            .mapToObj(i -> Samples.fact((i % 2 == 0 ? "A" : "b") + i, T1, "{}"))
            .toList();
    db.run(tx -> revisions.insert(tx, many));

    List<String> names = new ArrayList<>();
    db.run(tx -> facts.stream(tx, fact -> names.add(fact.name().toString())));

    assertThat(names).hasSize(2_500).isSorted().doesNotHaveDuplicates();
  }

  @OnBothDatabases
  void one_transaction_at_a_time_holds_an_order(TestDatabase db) throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    List<String> steps = Collections.synchronizedList(new ArrayList<>());
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> first =
          threads.submit(
              () ->
                  db.run(
                      tx -> {
                        facts.lockOrders(tx, List.of(Samples.order("1")));
                        held.countDown();
                        revisions.insert(tx, List.of(Samples.fact("1", T1, "{}")));
                        steps.add("first");
                      }));
      held.await();
      db.run(
          tx -> {
            facts.lockOrders(tx, List.of(Samples.order("2"), Samples.order("1")));
            steps.add("second sees " + facts.ofOrders(tx, List.of(Samples.order("1"))).size());
          });
      first.get();
    } finally {
      threads.shutdown();
    }

    assertThat(steps).containsExactly("first", "second sees 1");
  }

  @OnBothDatabases
  void transactions_that_lock_the_same_orders_in_any_order_all_go_through(TestDatabase db)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<?>> done = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      Random random = new Random(t);
      done.add(
          threads.submit(
              () -> {
                for (int round = 0; round < 25; round++) {
                  List<OrderKey> orders =
                      random
                          .ints(10, 0, 40)
                          .mapToObj(i -> Samples.order(String.valueOf(i)))
                          .toList();
                  db.run(tx -> facts.lockOrders(tx, orders));
                }
                return null;
              }));
    }
    threads.shutdown();
    for (Future<?> one : done) {
      one.get();
    }
  }
}
