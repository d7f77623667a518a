package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;

/** Prints what waits where. */
@Command(name = "status", description = "Prints what waits where.", mixinStandardHelpOptions = true)
final class StatusCommand extends Subcommand {

  StatusCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  int run(Invocation invocation) throws Exception {
    try (HubSession hub = ask(invocation)) {
      JsonNode status = hub.client().get("status", Map.of());
      return invocation.print(status, () -> TextTable.printFields(invocation.out(), status));
    }
  }
}
