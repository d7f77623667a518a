package io.kontor.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole job on embedded parts and a sample day. */
@Command(
    name = "demo",
    description = "The whole job on embedded parts and a sample day; prints the tie-out.",
    mixinStandardHelpOptions = true)
final class DemoCommand extends Subcommand {

  @Option(names = "--exit", description = "End after the tie-out instead of staying up.")
  private boolean exit;

  DemoCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  int run(Invocation invocation) throws Exception {
    return new Demo(invocation, wiring()).run(exit);
  }
}
