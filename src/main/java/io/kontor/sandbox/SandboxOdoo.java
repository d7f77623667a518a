package io.kontor.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small Odoo over HTTP on the loopback interface, with durable state.
 *
 * <p>Started in-process by {@link #start}, or as a process of its own by {@link #main}.
 */
public final class SandboxOdoo implements AutoCloseable {

  private static final String UNTIL_INPUT_ENDS = "--until-input-ends";

  private static final String USAGE =
      """
      usage: SandboxOdoo [--port PORT] [--data DIR] [--db NAME] [--key KEY] [--odoo-version 18|19] [--until-input-ends]
      A small Odoo that speaks the real wire over HTTP on the loopback interface.
        --port PORT          the port; 0, the default, takes a free one
        --data DIR           where its state is kept; without it, in memory only
        --db NAME            the name of its database (sandbox)
        --key KEY            the API key, also the password of the login admin (sandbox-key)
        --odoo-version N     the Odoo it pretends to be: 18 or 19 (19)
        --until-input-ends   end with the process that started it, however that ends
      """;

  static {
    // Without this every small answer on a kept connection waits for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService workers;
  private final Odoo odoo;

  private SandboxOdoo(SandboxSettings settings) throws IOException {
    this.odoo = new Odoo(settings.version(), file(settings.data()), Clock.systemUTC());
    this.workers =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "sandbox-odoo");
              thread.setDaemon(true);
              return thread;
            });
    this.server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 128);
    server.setExecutor(workers);
    server.createContext("/", new Gateway(odoo, settings.database(), settings.key()));
  }

  /**
   * Starts a sandbox Odoo; it is ready when this returns.
   *
   * @throws UncheckedIOException if its port or its directory cannot be used
   */
  public static SandboxOdoo start(SandboxSettings settings) {
    try {
      SandboxOdoo sandbox = new SandboxOdoo(settings);
      sandbox.server.start();
      return sandbox;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a sandbox as a process and says on standard output where it listens. */
  public static void main(String[] arguments) {
    SandboxSettings settings;
    try {
      settings = settings(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    if (List.of(arguments).contains("--help")) {
      System.out.print(USAGE);
      return;
    }
    SandboxOdoo sandbox = start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
    System.out.println("sandbox Odoo listening on " + sandbox.uri());
    if (List.of(arguments).contains(UNTIL_INPUT_ENDS)) {
      awaitEndOfInput();
      System.exit(0);
    }
  }

  private static void awaitEndOfInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("the input broke off: " + e);
    }
  }

  /** Where it listens, without a trailing slash. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
    odoo.close();
  }

  private static SandboxSettings settings(String[] arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int index = 0; index < arguments.length; index++) {
      String name = arguments[index];
      if (name.equals("--help") || name.equals(UNTIL_INPUT_ENDS)) {
        continue;
      }
      if (!List.of("--port", "--data", "--db", "--key", "--odoo-version").contains(name)) {
        throw new IllegalArgumentException("unknown option " + name);
      }
      if (++index == arguments.length) {
        throw new IllegalArgumentException(name + " wants a value");
      }
      options.put(name, arguments[index]);
    }
    return new SandboxSettings(
        Integer.parseInt(options.getOrDefault("--port", "0")),
        Optional.ofNullable(options.get("--data")).map(Path::of),
        options.getOrDefault("--db", "sandbox"),
        options.getOrDefault("--key", "sandbox-key"),
        OdooVersion.of(Integer.parseInt(options.getOrDefault("--odoo-version", "19"))));
  }

  private static Optional<Path> file(Optional<Path> directory) throws IOException {
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    Files.createDirectories(directory.get());
    return Optional.of(directory.get().resolve("sandbox-odoo.mv"));
  }
}
