package io.kontor.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Approves a posting batch of this content. */
@Command(
    name = "approve",
    description = {
      "Approves a posting batch of this content, so that it is posted.",
      "As the user that KONTOR_USER and KONTOR_KEY name: nobody who has work in it."
    },
    mixinStandardHelpOptions = true)
final class ApproveCommand extends DecisionCommand {

  @Option(names = "--hash", required = true, description = "Of the content you looked at.")
  private String hash;

  ApproveCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  int run(Invocation invocation) throws Exception {
    return decide(invocation, "approve", hash);
  }
}
