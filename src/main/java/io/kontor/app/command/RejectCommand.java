package io.kontor.app.command;

import picocli.CommandLine.Command;

/** Rejects a posting batch. */
@Command(
    name = "reject",
    description = {
      "Rejects a posting batch; its entries are free for the next one.",
      "An approved one is rejected only as long as no set of books has anything of it.",
      "Asks for a --note that says why."
    },
    mixinStandardHelpOptions = true)
final class RejectCommand extends DecisionCommand {

  RejectCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  int run(Invocation invocation) throws Exception {
    if (!isExplained()) {
      throw new IllegalArgumentException("reject needs --note: say why, for those who ask later");
    }
    return decide(invocation, "reject", "");
  }
}
