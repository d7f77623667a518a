package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.HubClient;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Brings to Odoo once more what somebody deleted or changed there. */
@Command(
    name = "redeliver",
    description = {
      "Brings an order, a refund, a till's day or a posted batch to Odoo once more, as after",
      "somebody deleted or changed it there. What is there is found, so nothing comes twice;",
      "ends with 1 if it waits on the desk."
    },
    mixinStandardHelpOptions = true)
final class RedeliverCommand extends Subcommand {

  @Parameters(
      index = "0",
      paramLabel = "SUBJECT",
      description = "As verify names it: northwind/shopify/1001, or the id of a batch.")
  private String subject;

  RedeliverCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  int run(Invocation invocation) throws Exception {
    try (HubSession hub = open(invocation)) {
      JsonNode again =
          hub.client().post("deliveries/again", HubClient.body().put("subject", subject));
      ProgressBar bar = new ProgressBar(invocation.out());
      hub.settleDown(invocation.json() ? (inbox, deliveries) -> {} : bar::show);
      bar.done();
      Set<String> deliveries = new HashSet<>();
      again.path("deliveries").forEach(id -> deliveries.add(id.asText()));
      boolean waits = false;
      for (JsonNode item : hub.client().openItems(Map.of())) {
        if (deliveries.contains(item.path("delivery").asText())) {
          waits = true;
          invocation
              .out()
              .printf(
                  "waits      item %s: %s%n",
                  item.path("id").asText(), item.path("message").asText());
        }
      }
      int printed =
          invocation.print(
              again,
              () -> deliveries.forEach(id -> invocation.out().println("delivered anew: " + id)));
      return waits ? 1 : printed;
    }
  }
}
