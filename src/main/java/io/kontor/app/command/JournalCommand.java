package io.kontor.app.command;

import io.kontor.words.Words;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the journal. */
@Command(name = "journal", description = "Prints the journal.", mixinStandardHelpOptions = true)
final class JournalCommand extends Subcommand {

  @Option(names = "--format", defaultValue = "hledger", description = "${COMPLETION-CANDIDATES}")
  private JournalFormat format;

  @Option(names = "--entity", description = "The entity (by default all).")
  private String entity;

  @Option(names = "--from", description = "From this posting date on, such as 2026-11-01.")
  private LocalDate from;

  @Option(names = "--to", description = "Up to this posting date.")
  private LocalDate to;

  JournalCommand(Kontor kontor) {
    super(kontor);
  }

  /** How a journal is written. */
  enum JournalFormat {
    HLEDGER,
    CSV
  }

  @Override
  int run(Invocation invocation) throws Exception {
    if (invocation.json()) {
      throw new IllegalArgumentException("the journal is printed as --format hledger or csv");
    }
    if (from != null && to != null && to.isBefore(from)) {
      throw wrong("--from %s is after --to %s".formatted(from, to));
    }
    Map<String, String> query = new LinkedHashMap<>();
    query.put("format", Words.of(format));
    if (entity != null) {
      query.put("entity", entity);
    }
    if (from != null) {
      query.put("from", from.toString());
    }
    if (to != null) {
      query.put("to", to.toString());
    }
    try (HubSession hub = ask(invocation)) {
      invocation.out().print(hub.client().text("journal", query));
      invocation.out().flush();
      return 0;
    }
  }
}
