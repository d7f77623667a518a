package io.kontor.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sandbox fails on command. */
class FaultsTest {

  private static final String PARTNER = "{'fields':['id','name'],'data':[['kontor.ann','Ann']]}";

  private SandboxOdoo sandbox;
  private Wire wire;

  @BeforeEach
  void start() {
    sandbox = SandboxOdoo.start(SandboxSettings.inMemory(OdooVersion.V19));
    wire = new Wire(sandbox.uri());
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private void arm(String rules) {
    assertThat(wire.post("/sandbox/faults", Wire.json(rules), "", "").status()).isEqualTo(200);
  }

  private int anns() {
    return wire.ok("res.partner", "search_count", "{'domain':[['name','=','Ann']]}").asInt();
  }

  @Test
  void a_status_comes_with_retry_after_and_does_nothing() {
    arm(
        "[{'match':{'model':'res.partner','method':'load','nth':1},"
            + "'do':{'status':503,'retryAfter':2}}]");
    Wire.Answer answer = wire.json2("res.partner", "load", PARTNER);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.http().headers().firstValue("Retry-After")).contains("2");
    assertThat(anns()).isZero();
    assertThat(wire.json2("res.partner", "load", PARTNER).status()).isEqualTo(200);
  }

  @Test
  void a_dropped_connection_before_leaves_nothing() {
    arm("[{'match':{'method':'load','nth':1},'do':'drop-before'}]");
    assertThatThrownBy(() -> wire.json2("res.partner", "load", PARTNER))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(anns()).isZero();
  }

  @Test
  void a_dropped_connection_after_leaves_what_was_asked_for() {
    arm("[{'match':{'method':'load','nth':1},'do':'apply-then-drop'}]");
    assertThatThrownBy(() -> wire.json2("res.partner", "load", PARTNER))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(anns()).isEqualTo(1);
  }

  @Test
  void delays_are_kept_before_and_after() {
    arm(
        "[{'match':{'method':'load','from':1,'to':1},'do':'delay 120'},"
            + "{'match':{'method':'load','from':2,'to':2},'do':{'apply-then-delay':120}}]");
    Instant begun = Instant.now();
    wire.ok("res.partner", "load", PARTNER);
    wire.ok("res.partner", "load", PARTNER);
    assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(240));
  }

  @Test
  void a_serialization_fault_stands_on_each_row_and_passes() {
    arm("[{'match':{'method':'load','nth':1},'do':'serialize'}]");
    JsonNode outcome = wire.ok("res.partner", "load", PARTNER);
    assertThat(outcome.get("ids").asBoolean(true)).isFalse();
    assertThat(outcome.get("messages").get(0).get("message").asText())
        .isEqualTo("could not serialize access due to concurrent update");
    assertThat(anns()).isZero();
    assertThat(wire.ok("res.partner", "load", PARTNER).get("ids")).hasSize(1);
  }

  @Test
  void chance_is_repeatable_by_its_seed() {
    List<Integer> first = statuses();
    assertThat(first).contains(200, 500);
    assertThat(statuses()).isEqualTo(first);
  }

  private List<Integer> statuses() {
    wire.delete("/sandbox/faults");
    arm("[{'match':{'probability':0.5,'seed':7},'do':'status 500'}]");
    List<Integer> statuses = new ArrayList<>();
    for (int index = 0; index < 20; index++) {
      statuses.add(wire.json2("res.partner", "search", "{'domain':[]}").status());
    }
    return statuses;
  }

  @Test
  void rules_can_be_taken_away_and_nonsense_is_refused() {
    arm("[{'match':{},'do':'status 500'}]");
    wire.delete("/sandbox/faults");
    assertThat(anns()).isZero();
    assertThat(wire.post("/sandbox/faults", Wire.json("[{'do':'explode'}]"), "", "").status())
        .isEqualTo(400);
  }

  @Test
  void state_and_log_tell_what_happened() {
    wire.ok("res.partner", "load", PARTNER);
    JsonNode state = wire.get("/sandbox/state").body();
    assertThat(state.get("counts").get("res.partner").asInt()).isEqualTo(4);
    JsonNode log = wire.get("/sandbox/log").body();
    assertThat(log.get(0).get("model").asText()).isEqualTo("res.partner");
    assertThat(log.get(0).get("method").asText()).isEqualTo("load");
  }

  @Test
  void of_loads_of_the_same_ids_at_once_one_wins_and_the_others_may_try_again() {
    List<CompletableFuture<JsonNode>> races = new ArrayList<>();
    for (int index = 0; index < 8; index++) {
      races.add(CompletableFuture.supplyAsync(() -> wire.ok("res.partner", "load", PARTNER)));
    }
    for (CompletableFuture<JsonNode> race : races) {
      JsonNode outcome = race.join();
      if (!outcome.get("ids").isArray()) {
        assertThat(outcome.get("messages").get(0).get("message").asText())
            .isEqualTo("could not serialize access due to concurrent update");
      }
    }
    assertThat(anns()).isEqualTo(1);
    assertThat(wire.ok("res.partner", "load", PARTNER).get("ids")).hasSize(1);
  }
}
