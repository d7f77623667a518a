package io.kontor.app.command;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads recorded documents again with the mappings of today. */
@Command(
    name = "replay",
    description = {
      "Reads recorded documents again with today's mappings, and says what would change.",
      "With --apply what changes is recorded, and the difference posted."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand extends Subcommand {

  @Option(names = "--channel", description = "Documents of this channel (by default all).")
  private String channel;

  @Option(names = "--document", description = "Documents of this kind, such as orders.")
  private String document;

  @Option(names = "--id", description = "One document: channel/document/event, as desk shows it.")
  private String id;

  @Option(names = "--from", description = "Received from this day (in UTC) or instant on.")
  private String from;

  @Option(names = "--to", description = "Received up to the end of this day, or before an instant.")
  private String to;

  @ArgGroup(multiplicity = "0..1")
  private Effect effect;

  /** Either, or by default a dry run. */
  private static final class Effect {
    @Option(names = "--dry-run", description = "Change nothing (the default).")
    private boolean dryRun;

    @Option(names = "--apply", description = "Record and post what changes.")
    private boolean apply;
  }

  ReplayCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  int run(Invocation invocation) throws Exception {
    boolean apply = effect != null && effect.apply && !effect.dryRun;
    try (HubSession hub = apply ? open(invocation) : ask(invocation)) {
      ProgressBar bar = new ProgressBar(invocation.out());
      ReplayReport report =
          ReplayReport.of(
              hub.client(), wanted(), apply, invocation.json() ? (done, all) -> {} : bar::share);
      bar.done();
      if (apply) {
        hub.settleDown(invocation.json() ? (inbox, deliveries) -> {} : bar::show);
        bar.done();
      }
      return invocation.print(report.json(), () -> report.print(invocation.out()));
    }
  }

  private Map<String, String> wanted() {
    Map<String, String> wanted = new HashMap<>();
    wanted.put("channel", channel);
    wanted.put("document", document);
    wanted.put("id", id);
    wanted.put("from", from);
    wanted.put("to", to);
    wanted.values().removeIf(Objects::isNull);
    return wanted;
  }
}
