package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.app.HubClient;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives up what is open of an order. */
@Command(
    name = "write-off",
    description = {
      "Gives up what is open of an order: what the channel will not pay any more",
      "becomes an expense, what it paid too much comes off it. Its settlements are",
      "matched again. Somebody else has to approve the batch with the entry; what is",
      "paid after all is written off the other way."
    },
    mixinStandardHelpOptions = true)
final class WriteOffCommand extends Subcommand {

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "The channel.")
  private String channel;

  @Parameters(
      index = "1",
      paramLabel = "ORDER",
      description = "The order, as open-orders lists it.")
  private String order;

  @Option(names = "--note", required = true, description = "Why, for those who ask later.")
  private String note;

  @Option(
      names = "--amount",
      description = "A part of what is open, with its sign; by default all of it.")
  private BigDecimal amount;

  @Option(
      names = "--gateway",
      description = "On which account, if the order was paid through several gateways.")
  private String gateway;

  WriteOffCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  void check() {
    if (note.isBlank()) {
      throw wrong("--note is empty: say why, for those who ask later");
    }
  }

  @Override
  int run(Invocation invocation) throws Exception {
    try (HubSession hub = open(invocation)) {
      ObjectNode body = HubClient.body().put("order", order).put("note", note);
      if (amount != null) {
        body.put("amount", amount.toPlainString());
      }
      if (gateway != null) {
        body.put("gateway", gateway);
      }
      String place =
          "open-orders/%s/write-off".formatted(URLEncoder.encode(channel, StandardCharsets.UTF_8));
      JsonNode answer = hub.client().post(place, body);
      hub.settleDown((inbox, deliveries) -> {});
      return invocation.print(answer, () -> TextTable.printFields(invocation.out(), answer));
    }
  }
}
