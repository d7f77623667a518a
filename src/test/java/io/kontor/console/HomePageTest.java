package io.kontor.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** The page that a browser opens first. */
class HomePageTest {

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void it_shows_what_waits_for_whom_and_leads_to_the_rest() throws Exception {
    Reply reply =
        HomePage.of(
            json("{'waitingInInbox': 7}"),
            json(
                "[{'id': 12, 'team': 'finance', 'code': 'unknown-code', 'subject': 'a/b/c',"
                    + " 'message': 'lines of <code>'}]"),
            json(
                "[{'id': 'nordwind/amazon-eu/2026-11-25/1', 'state': 'waiting', 'entries': 22,"
                    + " 'makers': ['mona', 'kontor'], 'reasons': ['it is the first']}]"),
            json(
                "[{'channel': 'amazon-eu', 'settlement': '25 7', 'currency': 'EUR',"
                    + " 'total': '4762.82', 'state': 'booked'}]"));
    assertThat(reply.contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(new String(reply.content(), UTF_8))
        .contains("href=\"/api/tie-out?format=html\"", "href=\"/hawtio\"", "href=\"/api/desk/12\"")
        .contains("href=\"/api/settlements/amazon-eu/25%207?format=html\"")
        .contains(
            "href=\"/api/batches/show?format=html&amp;id=nordwind%2Famazon-eu%2F2026-11-25%2F1\"")
        .contains("nordwind/amazon-eu/2026-11-25/1", "mona; kontor", "lines of &lt;code&gt;")
        .contains("waiting in inbox")
        // A telephone is as wide as it is, and a table wider than that scrolls by itself.
        .contains("name=\"viewport\"", "<div class=\"wide\"><table>")
        // The thirteen columns of clearing fit a window only where figures take the room they need.
        .containsPattern("\\.number \\{[^}]*min-width: 0 }");
  }
}
