package io.kontor.app.command;

import io.kontor.app.Wiring;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command: what it is called and takes, and what it does as a user of a hub, over its API. It
 * prints what it did and returns the exit code of the process: 0 if all is well, 1 if not.
 */
abstract class Subcommand implements Callable<Integer> {

  private final Kontor kontor;
  @Spec private CommandSpec spec;

  Subcommand(Kontor kontor) {
    this.kontor = kontor;
  }

  @Override
  public final Integer call() throws Exception {
    check();
    return run(kontor.invocation(spec.commandLine()));
  }

  /**
   * Looks at what was typed before anything is opened.
   *
   * @throws ParameterException if it cannot be meant: said with the usage
   */
  void check() {}

  abstract int run(Invocation invocation) throws Exception;

  Wiring wiring() {
    return kontor.wiring();
  }

  /** A session to have something done. */
  HubSession open(Invocation invocation) throws Exception {
    return HubSession.open(invocation, wiring(), true);
  }

  /** A session to ask: where no hub runs, nothing is recorded or delivered for that. */
  HubSession ask(Invocation invocation) throws Exception {
    return HubSession.open(invocation, wiring(), false);
  }

  ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
