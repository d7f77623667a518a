package io.kontor.books;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The accountant's own tool, where it is installed. */
public final class Hledger {

  private Hledger() {}

  /** Whether there is one; tests that need it are skipped without. */
  public static boolean isInstalled(Path scratch) throws IOException, InterruptedException {
    return run(scratch, "--version") == 0;
  }

  /** What a strict check finds wrong with a journal; empty if nothing. */
  public static String faults(Path scratch, Path journal) throws IOException, InterruptedException {
    int status = run(scratch, "-f", journal.toAbsolutePath().toString(), "check", "--strict");
    return status == 0 ? "" : status + ": " + Files.readString(scratch.resolve("hledger.out"));
  }

  private static int run(Path scratch, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("hledger"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(scratch.resolve("hledger.out").toFile())
              .start();
    } catch (IOException e) {
      return -1; // not installed
    }
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }
}
