package io.kontor.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which places there are, and by which methods they are asked. */
class ConsoleApiTest {

  private static final ConsoleApi.Part SAYS_SO =
      request -> Reply.text("text/plain", request.method() + " " + request.path());

  private final ConsoleApi api =
      new ConsoleApi(
          SAYS_SO,
          Map.of("journal", SAYS_SO, "settle", SAYS_SO, "desk", SAYS_SO, "nights", SAYS_SO));

  @Test
  void what_is_read_takes_no_other_method_and_says_which_would_do() {
    for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
      for (String place : new String[] {"/api", "/api/journal", "/api/desk/3", "/api/nights"}) {
        Reply reply = asked(method, place);
        assertThat(reply.status()).as(method + " " + place).isEqualTo(405);
        assertThat(reply.allow()).isEqualTo("GET, HEAD");
      }
    }
    Reply settle = asked("GET", "/api/settle");
    assertThat(settle.status()).isEqualTo(405);
    assertThat(settle.allow()).isEqualTo("POST");
    assertThat(text(settle)).contains("/api/settle takes POST, not GET");
  }

  @Test
  void the_head_of_what_is_read_is_asked_as_the_whole_is() {
    Reply head = asked("HEAD", "/api/journal");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.contentType()).isEqualTo("text/plain");
    assertThat(head.content()).isEmpty();
    assertThat(asked("HEAD", "/api/settle").status()).isEqualTo(405);
  }

  @Test
  void a_place_that_there_is_not_is_no_place_by_any_method() {
    for (String place :
        new String[] {"/api/journal/x", "/api/nights/x", "/api/desk/3/burn", "/api/settle/now"}) {
      assertThat(asked("GET", place).status()).as(place).isEqualTo(404);
      assertThat(text(asked("POST", place))).contains("there is no " + place);
    }
  }

  @Test
  void who_may_not_is_told_which_role_it_takes() {
    ConsoleApi.Part finance =
        request -> {
          request.needs("finance", "engineer");
          return SAYS_SO.answer(request);
        };
    Reply reply =
        new ConsoleApi(SAYS_SO, Map.of("journal", finance))
            .handle("GET", "/api/journal", "", "anna", "operator", new byte[0]);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(text(reply))
        .contains("this needs the role finance or engineer, which anna does not have");
  }

  private Reply asked(String method, String path) {
    return api.handle(method, path, "", "anna", "operator", new byte[0]);
  }

  private static String text(Reply reply) {
    return new String(reply.content(), StandardCharsets.UTF_8);
  }
}
