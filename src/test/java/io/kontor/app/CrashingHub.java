package io.kontor.app;

import io.kontor.app.command.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/** A hub as a process that a test can kill; what it records is a line in a file. */
final class CrashingHub {

  private CrashingHub() {}

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    Path journal = Path.of(arguments[1]);
    FakeParts fakes = new FakeParts();
    fakes.recording.set(documents -> documents.forEach(d -> append(journal, d.id())));
    Hub hub =
        Hub.start(
            SettingsReader.of(
                Map.of(
                    "kontor.data", data.toString(),
                    "kontor.http.port", "0",
                    "kontor.inbox.consumers", "1",
                    "kontor.secret.shop-new", "new secret")),
            fakes::wire);
    RunningProcess.stopWithProcess(hub, Duration.ofSeconds(30));
    Thread.currentThread().join();
  }

  private static void append(Path journal, String id) {
    try {
      Files.writeString(
          journal,
          id + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
