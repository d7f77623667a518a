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

  @Option(
      names = "--keep-missing",
      description =
          "Apply although facts that mappings do not make any more stay beside new ones: nothing may"
              + " be booked twice by that.")
  private boolean keepMissing;

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
      ReplayReport.Progress progress = invocation.json() ? (done, all) -> {} : bar::share;
      if (apply && !keepMissing) {
        refuseWhatMayDouble(ReplayReport.of(hub.client(), wanted(), false, progress));
      }
      ReplayReport report = ReplayReport.of(hub.client(), wanted(), apply, progress);
      bar.done();
      if (apply) {
        hub.settleDown(invocation.json() ? (inbox, deliveries) -> {} : bar::show);
        bar.done();
      }
      return invocation.print(report.json(), () -> report.print(invocation.out()));
    }
  }

  /** A mapping that names the same fact otherwise makes it once more, and both would be booked. */
  private static void refuseWhatMayDouble(ReplayReport before) {
    if (before.count("missing") > 0 && before.count("added") > 0) {
      throw new IllegalArgumentException(
          "Nothing was changed: %d facts are not made by today's mappings any more, and would stay beside %d new ones. If these are the same under other names (externalId), they would be booked twice: give them their names back. If they are not, add --keep-missing"
              .formatted(before.count("missing"), before.count("added")));
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
