package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.app.FileStaging;
import io.kontor.app.HubClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files that are handed to a hub, and what became of each. One object an import. */
final class FileImport {

  private static final String REFUSED = "refused";
  private static final String TAKEN = "taken in";
  private static final String WAITS = "waits";

  private final HubSession hub;
  private final FileStaging staging;
  private final String channel;
  private final PrintWriter out;
  private final boolean json;
  private boolean toldOfDeliveries;
  private final ArrayNode outcomes = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode opened = JsonNodeFactory.instance.arrayNode();

  FileImport(HubSession hub, Invocation invocation, String channel) {
    this.hub = hub;
    this.staging = new FileStaging(invocation.settings().data());
    this.channel = channel;
    this.out = invocation.out();
    this.json = invocation.json();
  }

  /**
   * Hands the files over, waits until all that follows is done, and prints what did not go through.
   *
   * @return whether every document was taken in and none waits for a person
   */
  boolean run(String document, List<Path> files) throws Exception {
    Set<Long> before = new HashSet<>();
    items().forEach(item -> before.add(item.path("id").asLong()));
    for (Path file : files) {
      hand(document, file);
    }
    ProgressBar bar = new ProgressBar(out);
    hub.settleDown(json ? (inbox, deliveries) -> {} : (inbox, left) -> show(bar, inbox, left));
    bar.done();
    for (JsonNode item : items()) {
      if (!waits(item) && !before.contains(item.path("id").asLong())) {
        opened.add(item);
      }
    }
    print();
    return outcomes.findValuesAsText("state").stream().allMatch(TAKEN::equals);
  }

  /** Odoo may be away for hours: nobody is to wait for it unknowingly. */
  private void show(ProgressBar bar, long inbox, long deliveries) {
    if (inbox == 0 && deliveries > 0 && !toldOfDeliveries) {
      toldOfDeliveries = true;
      out.printf(
          "recorded   all of it; waiting for deliveries, first of all to Odoo%s%n",
          hub.ownSettings()
              .map(
                  own ->
                      " at %s. Ctrl-C loses nothing: the next hub on %s makes those that are left"
                          .formatted(own.odoo().url(), own.data()))
              .orElse(". Ctrl-C loses nothing: the hub makes those that are left"));
    }
    bar.show(inbox, deliveries);
  }

  private ArrayNode items() throws IOException, InterruptedException {
    return hub.client().openItems(Map.of("channel", channel));
  }

  private void hand(String document, Path file) throws InterruptedException {
    ObjectNode outcome = outcomes.addObject().put("file", file.toString());
    try {
      JsonNode answer = staging.hand(hub.client(), "import/" + channel + "/" + document, file);
      outcome.put("state", TAKEN).put("document", answer.path("document").asText());
    } catch (HubClient.RefusedException | IOException e) {
      outcome.put("state", REFUSED).put("message", Kontor.explained(e));
    }
    if (!json) {
      out.printf(
          "%-10s %s  %s%n",
          outcome.path("state").asText(),
          file,
          outcome.has("document")
              ? "as " + outcome.path("document").asText()
              : outcome.path("message").asText());
      out.flush();
    }
  }

  /** Whether an item is about one of the documents: nothing of it counts before it is settled. */
  private boolean waits(JsonNode item) {
    boolean ours = false;
    for (JsonNode outcome : outcomes) {
      if (outcome.has("document")
          && outcome.path("document").asText().equals(item.path("document").asText())) {
        ((ObjectNode) outcome)
            .put("state", WAITS)
            .withArray("items")
            .addObject()
            .put("item", item.path("id").asLong())
            .put("code", item.path("code").asText())
            .put("message", item.path("message").asText());
        ours = true;
      }
    }
    return ours;
  }

  private void print() {
    if (json) {
      ObjectNode report = JsonNodeFactory.instance.objectNode();
      report.set("files", outcomes);
      report.set("items", opened);
      out.println(report.toPrettyString());
    } else {
      for (JsonNode outcome : outcomes) {
        for (JsonNode item : outcome.path("items")) {
          out.printf(
              "%-10s %s  item %d, %s: %s%n",
              WAITS,
              outcome.path("file").asText(),
              item.path("item").asLong(),
              item.path("code").asText(),
              item.path("message").asText());
        }
      }
      if (!opened.isEmpty()) {
        out.println("New on the desk for " + channel + ":");
        DeskCommand.print(out, opened);
      }
    }
    out.flush();
  }
}
