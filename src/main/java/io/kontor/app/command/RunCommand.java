package io.kontor.app.command;

import picocli.CommandLine.Command;

/** Runs the hub until it is stopped. */
@Command(
    name = "run",
    description = "Runs the hub until it is stopped.",
    mixinStandardHelpOptions = true)
final class RunCommand extends Subcommand {

  RunCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  int run(Invocation invocation) throws Exception {
    return RunningProcess.run(invocation, wiring());
  }
}
