package io.kontor.app.command;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes files in through the same routes as live traffic. */
@Command(
    name = "import",
    description = {
      "Takes files in through the same routes as live traffic, and waits until what follows is done.",
      "Says which went to the desk and why, and ends with 1 if one did or was refused."
    },
    mixinStandardHelpOptions = true)
final class ImportCommand extends Subcommand {

  @Parameters(
      index = "0",
      paramLabel = "CHANNEL",
      description = "A folder of mappings/channels, such as amazon.")
  private String channel;

  @Parameters(
      index = "1",
      paramLabel = "DOCUMENT",
      description = "What the files are, such as settlement or orders.")
  private String document;

  @Parameters(index = "2..*", arity = "1..*", paramLabel = "FILE", description = "The files.")
  private List<Path> files;

  ImportCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  int run(Invocation invocation) throws Exception {
    try (HubSession hub = HubSession.openOrMake(invocation, wiring())) {
      return new FileImport(hub, invocation, channel).run(document, files) ? 0 : 1;
    }
  }
}
