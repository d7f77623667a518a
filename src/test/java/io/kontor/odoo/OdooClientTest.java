package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kontor.failure.Failure;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OdooClientTest {

  private static final OdooAccess ACCESS = new OdooAccess("hub", "admin", "secret");

  private final VirtualPort port = new VirtualPort();

  private OdooClient json2() {
    return OdooClient.connect(port.speaksJson2(), ACCESS);
  }

  private OdooClient jsonRpc() {
    return OdooClient.connect(port.speaksJsonRpc(), ACCESS);
  }

  @Test
  void json2_names_arguments_and_puts_ids_and_context_beside_them() {
    OdooClient client = json2();
    port.answers(200, "true");

    client.act("sale.order", "action_confirm", List.of(128L, 129L), Map.of("lang", "en_US"));

    OdooRequest request = port.lastRequest();
    assertThat(request.path()).isEqualTo("/json/2/sale.order/action_confirm");
    assertThat(request.headers())
        .containsEntry("Authorization", "Bearer secret")
        .containsEntry("X-Odoo-Database", "hub");
    assertThat(Json.parse(request.body()))
        .isEqualTo(Json.parse("{\"ids\": [128, 129], \"context\": {\"lang\": \"en_US\"}}"));
  }

  @Test
  void json_rpc_puts_ids_first_and_context_among_the_named_arguments() {
    OdooClient client = jsonRpc();
    port.answers(200, "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": true}");

    client.act("sale.order", "action_confirm", List.of(2009L), Map.of("lang", "en_US"));

    assertThat(port.lastRequest().path()).isEqualTo("/jsonrpc");
    assertThat(Json.parse(port.lastRequest().body()))
        .isEqualTo(
            Json.parse(
                """
                {"jsonrpc": "2.0", "method": "call", "id": 1, "params": {"service": "object",
                 "method": "execute_kw", "args": ["hub", 2, "secret", "sale.order",
                 "action_confirm", [[2009]], {"context": {"lang": "en_US"}}]}}"""));
  }

  @Test
  void create_takes_its_values_by_position_in_json_rpc_and_by_name_in_json2() {
    OdooCall create =
        OdooCall.onModel(
            "res.partner", "create", Map.of("vals_list", List.of(Map.of("name", "Ann"))));
    OdooClient old = jsonRpc();
    port.answers(200, "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": [7]}");
    old.call(create);
    assertThat(port.lastRequest().body()).contains("\"create\",[[{\"name\":\"Ann\"}]],{}]");

    OdooClient current = json2();
    port.answers(200, "[7]");
    current.call(create);
    assertThat(port.lastRequest().body()).isEqualTo("{\"vals_list\":[{\"name\":\"Ann\"}]}");
  }

  @Test
  void a_json_rpc_answer_without_a_result_is_nothing() {
    OdooClient client = jsonRpc();
    port.answers(200, "{\"jsonrpc\": \"2.0\", \"id\": 1}");

    assertThat(client.act("stock.quant", "action_apply_inventory", List.of(1L), Map.of()).isNull())
        .isTrue();
  }

  @Test
  void odoo_18_answers_json2_with_a_redirect_to_its_login_page() {
    port.answers(303, "<!doctype html>\n<title>Redirecting...</title>");
    port.answers(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"server_version_info\":[18,0]}}");
    port.answers(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":2}");

    assertThat(OdooClient.connect(port, ACCESS).major()).isEqualTo(18);
  }

  @Test
  void an_odoo_older_than_16_is_refused() {
    port.answers(404, "");
    port.answers(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"server_version_info\":[15,0]}}");

    assertThat(failure(() -> OdooClient.connect(port, ACCESS)).code()).isEqualTo("odoo-too-old");
  }

  @Test
  void a_wrong_login_is_refused() {
    port.answers(404, "");
    port.answers(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"server_version_info\":[18,0]}}");
    port.answers(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":false}");

    Failure failure = failure(() -> OdooClient.connect(port, ACCESS));

    assertThat(failure.code()).isEqualTo("odoo-access-denied");
    assertThat(failure).hasMessageContaining("admin@hub");
    assertThat(failure.getMessage()).doesNotContain("secret");
  }

  @Test
  void a_busy_server_says_when_to_come_back() {
    OdooClient client = json2();
    port.answers(429, Map.of("retry-after", "7"), "{\"name\": \"slow\", \"message\": \"down\"}");

    Failure failure =
        failure(() -> client.act("sale.order", "action_confirm", List.of(1L), Map.of()));

    assertThat(failure).isInstanceOf(TransientFailure.class);
    assertThat(((TransientFailure) failure).retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void a_page_that_says_200_is_no_answer_of_odoos() {
    OdooClient client = json2();
    port.answers(200, "<html>We are back in a minute</html>");
    port.answers(200, "<html>We are back in a minute</html>");

    assertThat(failure(() -> client.searchRead("sale.order", List.of(), List.of("id"), Map.of())))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("maintenance");
    assertThat(failure(() -> client.act("sale.order", "action_confirm", List.of(1L), Map.of())))
        .isInstanceOf(InDoubtFailure.class);
  }

  @Test
  void a_redirect_is_named_and_tried_again() {
    OdooClient client = json2();
    port.answers(301, Map.of("location", "https://odoo.example/json/2"), "");

    assertThat(failure(() -> client.act("sale.order", "action_confirm", List.of(1L), Map.of())))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("https://odoo.example/json/2")
        .hasMessageContaining("kontor.odoo.url")
        .extracting("code")
        .isEqualTo("odoo-redirects");
  }

  @Test
  void a_page_instead_of_the_first_greeting_leaves_nothing_in_doubt() {
    port.answers(200, "<html>We are back in a minute</html>");
    port.answers(200, "<html>We are back in a minute</html>");

    assertThat(failure(() -> OdooClient.connect(port, ACCESS)))
        .isInstanceOf(TransientFailure.class);
  }

  @Test
  void a_write_that_a_proxy_lost_is_in_doubt_and_a_read_is_not() {
    OdooClient client = json2();
    port.answers(502, "<html>").answers(504, "<html>");

    assertThat(failure(() -> client.act("sale.order", "action_confirm", List.of(1L), Map.of())))
        .isInstanceOf(InDoubtFailure.class);
    assertThat(failure(() -> client.searchRead("sale.order", List.of(), List.of("id"), Map.of())))
        .isInstanceOf(TransientFailure.class);
  }

  @Test
  void a_read_that_timed_out_leaves_nothing_in_doubt() {
    OdooClient client = json2();
    port.fails(new InDoubtFailure("odoo-no-answer", "sale.order", "timed out"));

    assertThat(failure(() -> client.searchRead("sale.order", List.of(), List.of("id"), Map.of())))
        .isInstanceOf(TransientFailure.class);
  }

  @Test
  void a_transaction_that_gave_way_is_worth_another_try() {
    OdooClient client = json2();
    port.answers(
        500,
        """
        {"name": "psycopg2.errors.SerializationFailure",
         "message": "could not serialize access due to concurrent update\\n"}""");

    assertThat(failure(() -> client.act("sale.order", "action_confirm", List.of(1L), Map.of())))
        .isInstanceOf(TransientFailure.class);
  }

  @Test
  void a_transaction_gives_way_in_the_language_of_the_database_server() {
    assertThat(
            List.of(
                "konnte Zugriff nicht serialisieren wegen gleichzeitiger Aktualisierung",
                "Verklemmung (Deadlock) entdeckt",
                "konnte Sperre für Zeile in Relation »sale_order« nicht setzen",
                "n'a pas pu sérialiser un accès à cause d'une mise à jour en parallèle",
                "no se pudo serializar el acceso debido a un update concurrente",
                "serializzazione dell'accesso fallita a causa di modifiche concorrenti"))
        .allMatch(Faults::isContention);
    assertThat(Faults.isContention("Kein passender Datensatz für Datenbank-ID „13“ gefunden"))
        .isFalse();
  }

  @Test
  void what_a_person_did_wrong_is_said_in_odoos_own_words() {
    OdooClient client = jsonRpc();
    port.answers(
        200,
        """
        {"jsonrpc": "2.0", "id": 1, "error": {"code": 200, "message": "Odoo Server Error",
         "data": {"name": "odoo.exceptions.UserError",
         "message": "Some orders are not in a state requiring confirmation."}}}""");

    Failure failure =
        failure(() -> client.act("sale.order", "action_confirm", List.of(1L), Map.of()));

    assertThat(failure).isInstanceOf(RejectedFailure.class);
    assertThat(failure).hasMessage("Some orders are not in a state requiring confirmation.");
  }

  @Test
  void neither_a_request_nor_an_access_prints_the_key() {
    OdooRequest request = new OdooRequest("/jsonrpc", Map.of("Authorization", "secret"), "secret");

    assertThat(request.toString()).doesNotContain("secret");
    assertThat(ACCESS.toString()).doesNotContain("secret");
  }

  private static Failure failure(ThrowingCallable call) {
    return catchThrowableOfType(Failure.class, call);
  }
}
