package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.document.RawDocument;
import io.kontor.work.Actor;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of a running hub, and what strangers do not. */
class OperateTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String ANNA = "Basic " + base64("anna:annas key");
  private static final String FRANK = "Basic " + base64("frank:franks key");
  private static final FakeParts FAKES = new FakeParts();

  @TempDir static Path data;
  private static Hub hub;

  @BeforeAll
  static void start() throws Exception {
    hub =
        Hub.start(
            SettingsReader.of(
                Map.of(
                    "kontor.data", data.toString(),
                    "kontor.http.port", "0",
                    "kontor.users.anna.key", "annas key",
                    "kontor.users.frank.key", "franks key",
                    "kontor.users.frank.roles", "finance")),
            FAKES::wire);
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Test
  void health_and_metrics_are_open() throws Exception {
    for (String path :
        new String[] {"/observe/health", "/observe/health/live", "/observe/health/ready"}) {
      HttpResponse<String> health = get(path, null);
      assertThat(health.statusCode()).as(path).isEqualTo(200);
      assertThat(JSON.readTree(health.body()).path("status").asText()).isEqualTo("UP");
    }
    assertThat(get("/observe/health", null).body()).contains("broker");
    FAKES.outside.meters().counter("kontor.test").increment();
    assertThat(get("/observe/metrics", null).body()).contains("kontor_test_total 1.0");
  }

  @Test
  void everything_else_needs_a_user() throws Exception {
    for (String path :
        new String[] {"/jolokia/version", "/hawtio/", "/api/desk", "/console", "/"}) {
      HttpResponse<String> answer = get(path, null);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }
    assertThat(get("/jolokia/version", "Basic " + base64("anna:wrong")).statusCode())
        .isEqualTo(401);
    assertThat(get("/jolokia/version", "Basic " + base64("frank:annas key")).statusCode())
        .isEqualTo(401);
    assertThat(get("/jolokia/version", "Bearer annas key").statusCode()).isEqualTo(200);
  }

  @Test
  void a_browser_is_led_to_the_first_page() throws Exception {
    for (String home : new String[] {"/", "/console"}) {
      assertThat(get(home, ANNA).headers().firstValue("location")).contains("/api");
    }
  }

  @Test
  void jmx_is_for_operators_and_engineers_by_post() throws Exception {
    assertThat(get("/jolokia/version", ANNA).statusCode()).isEqualTo(200);
    assertThat(get("/jolokia/version", FRANK).statusCode()).isEqualTo(403);
    assertThat(get("/jolokia/exec/java.lang:type=Memory/gc", ANNA).statusCode()).isEqualTo(405);
  }

  @Test
  void a_link_that_a_browser_follows_stops_no_route() throws Exception {
    String route = "org.apache.camel:context=kontor,type=routes,name=\"record-documents\"";
    String stop = URLEncoder.encode("exec/" + route + "/stop()", StandardCharsets.UTF_8);
    for (String link : new String[] {"/jolokia?p=", "/jolokia/?p=", "/jolokia/version?%70="}) {
      assertThat(get(link + stop, ANNA).statusCode()).as(link).isEqualTo(405);
    }
    assertThat(hub.camel().getRouteController().getRouteStatus("record-documents").isStarted())
        .isTrue();
  }

  @Test
  void routes_consumers_and_the_queue_have_names_that_can_be_read() throws Exception {
    JsonNode routes = search("org.apache.camel:type=routes,*");
    assertThat(routes.toString()).contains("name=\\\"record-documents\\\"", "receive-webhooks");
    assertThat(search("org.apache.camel:type=consumers,*").toString()).contains("Inbox");
    assertThat(search("org.apache.camel:type=processors,*").toString())
        .contains("webhooks.accept", "recording.record");
    assertThat(search("org.apache.activemq.artemis:*").toString()).contains("kontor.inbox");
  }

  @Test
  void an_exchange_in_flight_can_be_browsed() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    FAKES.recording.set(
        documents -> {
          entered.countDown();
          try {
            leave.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          FAKES.remember(documents);
        });
    try {
      FAKES
          .outside
          .inbox()
          .put(new RawDocument("shop", "orders", "slow", Instant.now(), "", new byte[] {1}));
      entered.await();
      JsonNode browsed =
          jolokia(
              """
              {"type":"exec","mbean":"org.apache.camel:context=kontor,name=DefaultInflightRepository,type=services","operation":"browse()"}
              """);
      assertThat(browsed.toString()).contains("record-documents");
    } finally {
      leave.countDown();
      FAKES.recording.set(FAKES::remember);
    }
    await().until(() -> FAKES.recorded.stream().anyMatch(d -> d.externalId().equals("slow")));
  }

  @Test
  void jmx_does_not_send_to_any_endpoint_by_whichever_name_of_the_operation() throws Exception {
    Path folder = data.resolve("sent");
    for (String operation :
        new String[] {
          "sendStringBody",
          "sendStringBody(java.lang.String,java.lang.String)",
          "requestStringBody(java.lang.String,java.lang.String)",
          "requestBody(java.lang.String,java.lang.Object)",
          "createEndpoint(java.lang.String)"
        }) {
      JsonNode answer =
          jolokia(
              """
              {"type":"exec","mbean":"org.apache.camel:context=kontor,type=context,name=\\"kontor\\"","operation":"%s","arguments":["file:%s","x"]}
              """
                  .formatted(operation, folder));
      assertThat(answer.path("status").asInt()).as(operation).isEqualTo(403);
    }
    assertThat(folder).doesNotExist();
  }

  @Test
  void jmx_neither_writes_files_nor_sends_documents_away_by_the_broker() throws Exception {
    Path file = data.resolve("broker.properties");
    JsonNode answer =
        jolokia(
            """
            {"type":"exec","mbean":"org.apache.activemq.artemis:broker=\\"kontor\\"","operation":"exportConfigAsProperties","arguments":["%s"]}
            """
                .formatted(file));
    assertThat(answer.path("status").asInt()).isEqualTo(403);
    assertThat(file).doesNotExist();
    String queue = search("org.apache.activemq.artemis:subcomponent=queues,*").get(0).asText();
    assertThat(
            jolokia(
                    """
                    {"type":"exec","mbean":%s,"operation":"sendMessage(java.util.Map,int,java.lang.String,boolean,java.lang.String,java.lang.String)","arguments":[{},3,"x",true,"",""]}
                    """
                        .formatted(JSON.writeValueAsString(queue)))
                .path("status")
                .asInt())
        .isEqualTo(403);
  }

  @Test
  void jmx_does_only_what_operators_need_whatever_a_library_offers() throws Exception {
    String route = "org.apache.camel:context=kontor,name=\\\"seal-journal\\\",type=routes";
    assertThat(exec(route, "stop()")).isEqualTo(200);
    assertThat(exec(route, "start()")).isEqualTo(200);
    assertThat(exec(route, "dumpRouteAsXml()")).isEqualTo(200);
    String dead =
        JSON.writeValueAsString(
            search("org.apache.activemq.artemis:queue=\\\"kontor.dead-letters\\\",*")
                .get(0)
                .asText());
    String queue = dead.substring(1, dead.length() - 1);
    assertThat(exec(queue, "browse()")).isEqualTo(200);
    assertThat(exec(queue, "removeAllMessages()")).isEqualTo(403);
    assertThat(exec(route, "remove()")).isEqualTo(403);
    assertThat(exec(route, "updateRouteFromXml(java.lang.String)")).isEqualTo(403);
    assertThat(exec("java.lang:type=Memory", "gc()")).isEqualTo(403);
    assertThat(exec("org.apache.camel:context=kontor,type=context,name=\\\"kontor\\\"", "stop()"))
        .isEqualTo(403);
  }

  private static int exec(String mbean, String operation) throws Exception {
    return jolokia(
            "{\"type\":\"exec\",\"mbean\":\"%s\",\"operation\":\"%s\",\"arguments\":[]}"
                .formatted(mbean, operation))
        .path("status")
        .asInt();
  }

  @Test
  void what_is_asked_by_a_wrong_method_is_told_the_right_one() throws Exception {
    assertThat(allowed("DELETE", "/observe/health")).isEqualTo("GET");
    assertThat(allowed("POST", "/")).isEqualTo("GET");
    assertThat(allowed("GET", "/hooks/shop/orders")).isEqualTo("POST");
    assertThat(allowed("PUT", "/jolokia/")).isEqualTo("GET, POST");
  }

  @Test
  void the_head_of_what_is_read_is_that_of_the_whole() throws Exception {
    for (String path : new String[] {"/observe/health", "/observe/metrics", "/hawtio/"}) {
      HttpResponse<String> head = head(path, ANNA);
      assertThat(head.statusCode()).as(path).isEqualTo(200);
      assertThat(head.body()).isEmpty();
    }
    assertThat(head("/hawtio/", null).statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> head(String path, String authorization) throws Exception {
    return HTTP.send(
        request(path, authorization)
            .version(HttpClient.Version.HTTP_1_1)
            .method("HEAD", BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void what_there_is_not_is_said_in_json() throws Exception {
    for (HttpResponse<String> answer :
        List.of(ask("POST", "/hooks/shop"), ask("POST", "/hooks/a/b/c"), get("/nosuch", ANNA))) {
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(JSON.readTree(answer.body()).path("message").asText()).startsWith("there is no /");
    }
  }

  @Test
  void jmx_that_is_asked_nothing_says_what_it_is_asked_by() throws Exception {
    HttpResponse<String> answer = ask("POST", "/jolokia/");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("empty-body");
  }

  @Test
  void jmx_that_does_not_understand_says_what_is_wrong() throws Exception {
    for (String asked :
        new String[] {
          "{}", "no JSON", "1", "[{}]", "{\"type\":\"nix\"}", "{\"type\":\"read\",\"mbean\":\"a\"}"
        }) {
      HttpResponse<String> answer =
          HTTP.send(
              request("/jolokia/", ANNA).POST(BodyPublishers.ofString(asked)).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(asked).isEqualTo(400);
      assertThat(JSON.readTree(answer.body()).path("message").asText())
          .as(asked)
          .startsWith("JMX is asked by a JSON object")
          .doesNotContain("Exception", "null");
    }
  }

  private static String allowed(String method, String path) throws Exception {
    HttpResponse<String> answer = ask(method, path);
    assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(405);
    return answer.headers().firstValue("Allow").orElse("");
  }

  private static HttpResponse<String> ask(String method, String path) throws Exception {
    return HTTP.send(
        request(path, ANNA).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  @Test
  void a_request_of_another_sites_page_changes_nothing() throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(hub.url() + "/jolokia/"))
                .header("Authorization", ANNA)
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.ofString("{\"type\":\"version\"}"))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void nobody_takes_another_name_or_role_by_a_query_or_a_form() throws Exception {
    assertThat(get("/api/desk", ANNA).body()).isEqualTo("anna as operator");
    for (String query :
        new String[] {
          "Kontor-Roles=x,finance,x",
          "Kontor-User=chris",
          "kontor-user=chris",
          "Kontor%2DUser=chris"
        }) {
      assertThat(get("/api/desk?" + query, ANNA).body()).as(query).contains("reserved-name");
    }
    HttpResponse<String> form =
        HTTP.send(
            request("/api/desk", ANNA)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("Kontor-User=chris&Kontor-Roles=x,finance,x"))
                .build(),
            BodyHandlers.ofString());
    assertThat(form.statusCode()).isEqualTo(415);
  }

  /** By such a link another site's page could read the books with the key of whoever follows it. */
  @Test
  void a_query_or_a_header_is_not_answered_as_a_header() throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            request(
                    "/api/desk?Access-Control-Allow-Origin=https://evil.example"
                        + "&Access-Control-Allow-Credentials=true&Set-Cookie=a",
                    ANNA)
                .header("X-Said", "before")
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map().keySet())
        .extracting(name -> name.toLowerCase(Locale.ROOT))
        .filteredOn(name -> !name.startsWith(":"))
        .containsExactlyInAnyOrder(
            "content-length", "content-type", "x-content-type-options", "x-frame-options");
  }

  @Test
  void hawtio_is_served_byte_by_byte() throws Exception {
    Path files = Path.of("target/hawtio");
    HttpResponse<byte[]> icon =
        HTTP.send(request("/hawtio/favicon.ico", ANNA).build(), BodyHandlers.ofByteArray());
    assertThat(icon.statusCode()).isEqualTo(200);
    assertThat(icon.body()).isEqualTo(Files.readAllBytes(files.resolve("favicon.ico")));
    assertThat(get("/hawtio/", ANNA).body()).contains("<html");
    assertThat(get("/hawtio/camel/routes", ANNA).body()).contains("<html");
    assertThat(get("/hawtio/user", ANNA).body()).isEqualTo("\"public\"");
    assertThat(get("/hawtio/../../pom.xml", ANNA).body()).doesNotContain("artifactId");
  }

  @Test
  void the_owner_of_the_data_directory_finds_the_hub_and_its_key_there() throws Exception {
    DataDirectory.RunningHub running = DataDirectory.runningHub(data).orElseThrow();
    assertThat(running.url()).isEqualTo(hub.url());
    assertThat(get("/jolokia/version", "Bearer " + running.key()).statusCode()).isEqualTo(200);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("hub.json"))))
        .isEqualTo("rw-------");
    assertThat(running.toString()).doesNotContain(running.key());
  }

  @Test
  void a_new_data_directory_is_for_its_owner_alone_and_an_old_one_is_left_as_it_was()
      throws Exception {
    Path made = data.resolve("made").resolve("here");
    DataDirectory.open(made).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-x---"));
    DataDirectory.open(made).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void whoever_owns_the_data_directory_is_not_the_hub_whatever_the_system_calls_him() {
    String before = System.getProperty("user.name");
    System.setProperty("user.name", "kontor");
    try {
      assertThat(new Users(Map.of()).owner().name()).isNotEqualTo(Actor.HUB.name());
    } finally {
      System.setProperty("user.name", before);
    }
  }

  @Test
  void a_second_hub_does_not_start_on_the_same_data() {
    Settings same =
        SettingsReader.of(Map.of("kontor.data", data.toString(), "kontor.http.port", "0"));
    assertThatThrownBy(() -> Hub.start(same, new FakeParts()::wire))
        .isInstanceOf(DataDirectory.InUseException.class);
    assertThat(DataDirectory.runningHub(data)).isPresent();
  }

  private static JsonNode search(String pattern) throws Exception {
    return jolokia("{\"type\":\"search\",\"mbean\":\"" + pattern + "\"}").path("value");
  }

  private static JsonNode jolokia(String request) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            request("/jolokia/", ANNA).POST(BodyPublishers.ofString(request)).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> get(String path, String authorization) throws Exception {
    return HTTP.send(request(path, authorization).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path, String authorization) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub.url() + path));
    return authorization == null ? request : request.header("Authorization", authorization);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
