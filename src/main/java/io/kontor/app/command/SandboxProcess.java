package io.kontor.app.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The sandbox Odoo as a process of its own, so that it lives and dies apart from the hub. */
public final class SandboxProcess implements AutoCloseable {

  private static final String READY = "listening on ";
  private static final int STOP_SECONDS = 10;

  private final Process process;
  private final String url;

  private SandboxProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it; when it returns, it answers.
   *
   * @param data the directory that keeps its state
   * @throws IOException if it does not start
   */
  public static SandboxProcess start(Path data, String database, String key) throws IOException {
    Files.createDirectories(data);
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.kontor.sandbox.SandboxOdoo",
                "--port",
                "0",
                "--data",
                data.toString(),
                "--db",
                database,
                "--key",
                key,
                "--until-input-ends"));
    builder.redirectError(data.resolve("sandbox.log").toFile());
    Process process = builder.start();
    Thread end = new Thread(process::destroy, "sandbox-end");
    Runtime.getRuntime().addShutdownHook(end);
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line;
    while ((line = out.readLine()) != null) {
      int at = line.indexOf(READY);
      if (at >= 0) {
        return new SandboxProcess(process, line.substring(at + READY.length()).strip());
      }
    }
    throw new IOException("the sandbox Odoo did not start; see " + data.resolve("sandbox.log"));
  }

  public String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
