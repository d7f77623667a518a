package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.HubClient;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What approving and rejecting a batch have in common. */
abstract class DecisionCommand extends Subcommand {

  @Parameters(index = "0", paramLabel = "BATCH", description = "The id of the batch.")
  private String batch;

  @Option(names = "--note", description = "Why.")
  private String note;

  DecisionCommand(Kontor kontor) {
    super(kontor);
  }

  boolean isExplained() {
    return note != null;
  }

  /** Decides as the user that the environment names, and waits until what follows is done. */
  int decide(Invocation invocation, String verb, String hash) throws Exception {
    try (HubSession hub = open(invocation)) {
      JsonNode decided =
          hub.client()
              .post(
                  "batches/" + verb,
                  HubClient.body()
                      .put("id", batch)
                      .put("hash", hash)
                      .put("note", note == null ? "" : note));
      ProgressBar bar = new ProgressBar(invocation.out());
      hub.settleDown(bar::show);
      bar.done();
      return invocation.print(
          decided, () -> invocation.out().println(batch + " is " + decided.path("state").asText()));
    }
  }
}
