package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.app.HubClient;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the night, or says where each night stands. */
@Command(
    name = "settle",
    description = {
      "Runs the night now.",
      "Looks at open settlements again, seals the journal, and proposes posting batches:",
      "batches lists them, and somebody who has no work in one approves it."
    },
    mixinStandardHelpOptions = true)
final class SettleCommand extends Subcommand {

  @Option(names = "--date", description = "The business date (by default the last one).")
  private LocalDate date;

  @Option(names = "--entity", description = "The entity (by default all).")
  private String entity;

  @Option(
      names = "--status",
      description = "Run nothing; print where each night stands and when the next is due.")
  private boolean status;

  SettleCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  void check() {
    if (status && date != null) {
      throw wrong("--status shows every night; leave out --date");
    }
  }

  @Override
  int run(Invocation invocation) throws Exception {
    try (HubSession hub = status ? ask(invocation) : open(invocation)) {
      return status ? nights(invocation, hub.client()) : settle(invocation, hub.client());
    }
  }

  private int settle(Invocation invocation, HubClient hub) throws Exception {
    ObjectNode body = HubClient.body();
    if (date != null) {
      body.put("date", date.toString());
    }
    if (entity != null) {
      body.put("entity", entity);
    }
    JsonNode proposed =
        invocation.json()
            ? hub.post("settle", body)
            : NightWatch.settle(hub, body, new ProgressBar(invocation.out()));
    return invocation.print(proposed, () -> BatchesCommand.print(invocation.out(), proposed));
  }

  private int nights(Invocation invocation, HubClient hub) throws Exception {
    ObjectNode nights =
        NightWatch.ofEntity(hub.get("nights", Map.of()), Optional.ofNullable(entity));
    return invocation.print(nights, () -> NightWatch.print(invocation.out(), nights));
  }
}
