package io.kontor.app;

import io.kontor.app.CommandLineApi.DeskCommand;
import io.kontor.app.CommandLineApi.JournalFormat;
import io.kontor.app.CommandLineApi.ReplayCommand;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands: what each is called, takes and says about itself. What they do is elsewhere. */
final class Commands {

  private Commands() {}

  static List<Object> all(Kontor kontor) {
    return List.of(
        new Run(kontor),
        new Demo(kontor),
        new Import(kontor),
        new Settle(kontor),
        new Verify(kontor),
        new Settlements(kontor),
        new Journal(kontor),
        new Desk(kontor),
        new Batches(kontor),
        new Periods(kontor),
        new Approve(kontor),
        new Reject(kontor),
        new Status(kontor),
        new Replay(kontor),
        new Bench(kontor));
  }

  /** What all commands have in common. */
  private abstract static class Subcommand implements Callable<Integer> {

    final Kontor kontor;
    @Spec CommandSpec spec;

    Subcommand(Kontor kontor) {
      this.kontor = kontor;
    }

    CommandLineApi api() {
      return kontor.api();
    }

    Invocation invocation() {
      return kontor.invocation(spec.commandLine().getOut());
    }

    /** What was typed cannot be meant: said with the usage. */
    ParameterException wrong(String message) {
      return new ParameterException(spec.commandLine(), message);
    }
  }

  @Command(
      name = "run",
      description = "Runs the hub until it is stopped.",
      mixinStandardHelpOptions = true)
  private static final class Run extends Subcommand {

    Run(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      return RunningProcess.run(invocation(), kontor.wiring());
    }
  }

  @Command(
      name = "demo",
      description = "The whole job on embedded parts and a sample day; prints the tie-out.",
      mixinStandardHelpOptions = true)
  private static final class Demo extends Subcommand {

    @Option(names = "--exit", description = "End after the tie-out instead of staying up.")
    private boolean exit;

    Demo(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      return api().demo(invocation(), exit);
    }
  }

  @Command(
      name = "import",
      description = "Takes files in through the same routes as live traffic.",
      mixinStandardHelpOptions = true)
  private static final class Import extends Subcommand {

    @Parameters(index = "0", paramLabel = "CHANNEL", description = "The channel.")
    private String channel;

    @Parameters(index = "1", paramLabel = "DOCUMENT", description = "What the files are.")
    private String document;

    @Parameters(index = "2..*", arity = "1..*", paramLabel = "FILE", description = "The files.")
    private List<Path> files;

    Import(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      return api().importFiles(invocation(), channel, document, files);
    }
  }

  @Command(name = "settle", description = "Runs the night now.", mixinStandardHelpOptions = true)
  private static final class Settle extends Subcommand {

    @Option(names = "--date", description = "The business date (by default the last one).")
    private LocalDate date;

    @Option(names = "--entity", description = "The entity (by default all).")
    private String entity;

    @Option(
        names = "--status",
        description = "Run nothing; print where each night stands and when the next is due.")
    private boolean status;

    Settle(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      if (status && date != null) {
        throw wrong("--status shows every night; leave out --date");
      }
      if (status) {
        return api().nights(invocation(), Optional.ofNullable(entity));
      }
      return api().settle(invocation(), Optional.ofNullable(date), Optional.ofNullable(entity));
    }
  }

  @Command(
      name = "verify",
      description = "Compares every control total; exits 1 on a difference.",
      mixinStandardHelpOptions = true)
  private static final class Verify extends Subcommand {

    @Option(
        names = "--html",
        paramLabel = "FILE",
        description = "Writes the proof as a page to print, too.")
    private Path html;

    Verify(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      return api().verify(invocation(), Optional.ofNullable(html));
    }
  }

  @Command(
      name = "settlements",
      description = {
        "Lists settlements; or shows one: what was sold, what was taken and for what, what arrived,",
        "how its orders came out and what is to be looked at; or the lines behind a figure of it."
      },
      mixinStandardHelpOptions = true)
  private static final class Settlements extends Subcommand {

    @Parameters(
        index = "0",
        arity = "0..1",
        paramLabel = "CHANNEL",
        description = "The channel; with the settlement's id.")
    private String channel;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "ID",
        description = "The settlement's id.")
    private String id;

    @Option(
        names = "--html",
        paramLabel = "FILE",
        description = "Writes the settlement as a page to print.")
    private Path html;

    @Option(names = "--code", description = "Its lines of this code.")
    private String code;

    @Option(names = "--order", description = "Its lines of this order.")
    private String order;

    Settlements(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      if ((channel == null) != (id == null)) {
        throw wrong("Name the channel and the settlement, or neither");
      }
      boolean lines = code != null || order != null;
      if (lines && (channel == null || html != null)) {
        throw wrong(
            "--code and --order print lines of a settlement: name it, and leave out --html");
      }
      if (channel == null) {
        return api().settlements(invocation());
      }
      return lines
          ? api()
              .settlementLines(
                  invocation(), channel, id, Optional.ofNullable(code), Optional.ofNullable(order))
          : api().settlement(invocation(), channel, id, Optional.ofNullable(html));
    }
  }

  @Command(name = "journal", description = "Prints the journal.", mixinStandardHelpOptions = true)
  private static final class Journal extends Subcommand {

    @Option(names = "--format", defaultValue = "hledger", description = "${COMPLETION-CANDIDATES}")
    private JournalFormat format;

    @Option(names = "--entity", description = "The entity (by default all).")
    private String entity;

    Journal(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      return api().journal(invocation(), format, Optional.ofNullable(entity));
    }
  }

  @Command(
      name = "desk",
      description = "Lists what waits for a person, or shows and settles an item.",
      mixinStandardHelpOptions = true)
  private static final class Desk extends Subcommand {

    @Parameters(
        index = "0",
        arity = "0..1",
        defaultValue = "list",
        description = "list, show, retry, edit, skip, resolve or assign.")
    private String action;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ITEM", description = "Its number.")
    private Long item;

    @Option(names = "--note", description = "Why, for skip and resolve.")
    private String note;

    @Option(
        names = "--file",
        description = "The edited document, for edit; where to write the document, for show.")
    private Path file;

    @Option(names = "--team", description = "operations or finance, for list and assign.")
    private String team;

    Desk(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      return api()
          .desk(
              invocation(),
              new DeskCommand(
                  action,
                  Optional.ofNullable(item),
                  Optional.ofNullable(note),
                  Optional.ofNullable(file),
                  Optional.ofNullable(team)));
    }
  }

  @Command(
      name = "batches",
      description = {
        "Lists the posting batches and what they wait for.",
        "reversal: shows what would take a posted batch back. Nothing is booked by it."
      },
      mixinStandardHelpOptions = true)
  private static final class Batches extends Subcommand {

    @Parameters(
        index = "0",
        arity = "0..1",
        defaultValue = "list",
        description = "list or reversal.")
    private String action;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "BATCH",
        description = "The id of the batch, for reversal.")
    private String batch;

    @Option(
        names = "--date",
        description = "The day of the reversal (by default the first open one from today on).")
    private LocalDate date;

    @Option(names = "--book", description = "odoo or file (by default the entity's first).")
    private String book;

    @Option(
        names = "--format",
        defaultValue = "table",
        description = "table or hledger, for reversal; --json for machines.")
    private String format;

    Batches(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      if (!format.equals("table") && !format.equals("hledger")) {
        throw wrong("--format is table or hledger, not '%s'".formatted(format));
      }
      return switch (action) {
        case "list" -> api().batches(invocation());
        case "reversal" -> {
          if (batch == null) {
            throw wrong("reversal needs the id of a batch");
          }
          yield api()
              .reversal(
                  invocation(),
                  new CommandLineApi.ReversalCommand(
                      batch,
                      Optional.ofNullable(book),
                      Optional.ofNullable(date),
                      format.equals("hledger")));
        }
        default -> throw wrong("there is list and reversal, but no '%s'".formatted(action));
      };
    }
  }

  @Command(
      name = "periods",
      description = {
        "Lists the closed periods, or closes or opens one.",
        "What comes late for a closed period is booked on the first open day."
      },
      mixinStandardHelpOptions = true)
  private static final class Periods extends Subcommand {

    @Parameters(
        index = "0",
        arity = "0..1",
        defaultValue = "list",
        description = "list, lock or unlock.")
    private String action;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ENTITY", description = "The entity.")
    private String entity;

    @Parameters(
        index = "2",
        arity = "0..1",
        paramLabel = "MONTH",
        description = "The month, such as 2026-10.")
    private YearMonth month;

    @Option(names = "--note", description = "Why.")
    private String note;

    Periods(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      if (!List.of("list", "lock", "unlock").contains(action)) {
        throw wrong("there is list, lock and unlock, but no '%s'".formatted(action));
      }
      if (!action.equals("list") && (entity == null || month == null)) {
        throw wrong("%s needs an entity and a month, such as: nordwind 2026-10".formatted(action));
      }
      return api()
          .periods(
              invocation(),
              new CommandLineApi.PeriodCommand(
                  action,
                  Optional.ofNullable(entity),
                  Optional.ofNullable(month),
                  Optional.ofNullable(note)));
    }
  }

  /** What approving and rejecting have in common. */
  private abstract static class Decision extends Subcommand {

    @Parameters(index = "0", paramLabel = "BATCH", description = "The id of the batch.")
    String batch;

    @Option(names = "--note", description = "Why.")
    String note;

    Decision(Kontor kontor) {
      super(kontor);
    }
  }

  @Command(
      name = "approve",
      description = {
        "Approves a posting batch of this content, so that it is posted.",
        "As the user that KONTOR_USER and KONTOR_KEY name: nobody who has work in it."
      },
      mixinStandardHelpOptions = true)
  private static final class Approve extends Decision {

    @Option(names = "--hash", required = true, description = "Of the content you looked at.")
    private String hash;

    Approve(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      return api().decide(invocation(), true, batch, hash, Optional.ofNullable(note));
    }
  }

  @Command(
      name = "reject",
      description = "Rejects a posting batch; its entries are free for the next one.",
      mixinStandardHelpOptions = true)
  private static final class Reject extends Decision {

    Reject(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      return api().decide(invocation(), false, batch, "", Optional.ofNullable(note));
    }
  }

  @Command(
      name = "status",
      description = "Prints what waits where.",
      mixinStandardHelpOptions = true)
  private static final class Status extends Subcommand {

    Status(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      return api().status(invocation());
    }
  }

  @Command(
      name = "replay",
      description = {
        "Reads recorded documents again with today's mappings, and says what would change.",
        "With --apply what changes is recorded, and the difference posted."
      },
      mixinStandardHelpOptions = true)
  private static final class Replay extends Subcommand {

    @Option(names = "--channel", description = "Documents of this channel (by default all).")
    private String channel;

    @Option(names = "--document", description = "Documents of this kind, such as orders.")
    private String document;

    @Option(names = "--id", description = "One document: channel/document/event, as desk shows it.")
    private String id;

    @Option(names = "--from", description = "Received from this day (in UTC) or instant on.")
    private String from;

    @Option(
        names = "--to",
        description = "Received up to the end of this day, or before an instant.")
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

    Replay(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      return api()
          .replay(
              invocation(),
              new ReplayCommand(
                  Optional.ofNullable(channel),
                  Optional.ofNullable(document),
                  Optional.ofNullable(id),
                  Optional.ofNullable(from),
                  Optional.ofNullable(to),
                  effect != null && effect.apply && !effect.dryRun));
    }
  }

  @Command(
      name = "bench",
      description = {
        "Measures the product beside bare loops, in a directory of its own that it removes.",
        "accept: webhooks; record: facts; settlement: a hundredth, a tenth and all of so many",
        "lines, once each. All three where none is named.",
        "odoo: orders into the Odoo of the settings, which stay there: name a database made for it."
      },
      mixinStandardHelpOptions = true)
  private static final class Bench extends Subcommand {

    @Parameters(
        index = "0",
        arity = "0..1",
        paramLabel = "BENCHMARK",
        description = "accept, record, settlement or odoo.")
    private String benchmark;

    @Option(
        names = "--rounds",
        defaultValue = "5",
        description = "How often each side is measured (by default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
        names = {"--documents", "--lines"},
        description =
            "Documents in a round (by default: accept 6000, record 4000, odoo 240); settlement: lines (1000000).")
    private Integer documents;

    Bench(Kontor kontor) {
      super(kontor);
    }

    @Override
    public Integer call() throws Exception {
      return api()
          .bench(
              invocation(),
              Optional.ofNullable(benchmark),
              rounds,
              documents == null ? OptionalInt.empty() : OptionalInt.of(documents));
    }
  }
}
