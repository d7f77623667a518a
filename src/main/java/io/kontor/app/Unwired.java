package io.kontor.app;

import io.kontor.document.RawDocument;
import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Catalog;
import io.kontor.mapping.Mappings;
import io.kontor.work.Cursors;
import io.kontor.work.Refusals;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A hub without use cases: it starts and accepts; what it accepts waits on the queue. */
final class Unwired {

  static final Wiring WIRING = (settings, outside) -> parts();
  static final CommandLineApi COMMANDS = new NoCommands();

  private Unwired() {}

  private static TransientFailure notYet() {
    return new TransientFailure("not-wired", "kontor", "The use cases are not wired yet");
  }

  private static Parts parts() {
    return new Parts(
        new Mappings(
            "none",
            Map.of(),
            Map.of(),
            List.of(),
            new Catalog(Map.of(), Map.of(), Map.of()),
            Map.of()),
        documents -> {
          throw notYet();
        },
        consequence -> 0,
        List::of,
        (channel, document, file) -> {
          throw notYet();
        },
        () -> {},
        () -> 0,
        new NoDesk(),
        new NoCursors(),
        List.of(),
        Map.of(),
        () -> {});
  }

  private static final class NoDesk implements Refusals {

    @Override
    public void refuse(RawDocument document, Exception reason) {
      throw notYet();
    }

    @Override
    public void refuse(String route, String code, String reference, String reason) {
      throw notYet();
    }
  }

  private static final class NoCursors implements Cursors {

    @Override
    public Optional<String> read(String feed) {
      return Optional.empty();
    }

    @Override
    public void advance(String feed, String cursor) {
      throw notYet();
    }
  }

  private static final class NoCommands implements CommandLineApi {

    @Override
    public int demo(Invocation invocation, boolean exit) throws Exception {
      if (exit) {
        throw notYet();
      }
      return RunningProcess.run(invocation, WIRING);
    }

    @Override
    public int importFiles(
        Invocation invocation, String channel, String document, List<Path> files) {
      throw notYet();
    }

    @Override
    public int settle(Invocation invocation, Optional<LocalDate> date, Optional<String> entity) {
      throw notYet();
    }

    @Override
    public int verify(Invocation invocation) {
      throw notYet();
    }

    @Override
    public int journal(Invocation invocation, JournalFormat format, Optional<String> entity) {
      throw notYet();
    }

    @Override
    public int replay(
        Invocation invocation,
        Optional<String> channel,
        Optional<String> document,
        Optional<LocalDate> since) {
      throw notYet();
    }

    @Override
    public int bench(Invocation invocation, List<String> names) {
      throw notYet();
    }

    @Override
    public int desk(Invocation invocation, DeskCommand command) {
      throw notYet();
    }
  }
}
