package io.kontor.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

  private static final String USAGE =
      """
      usage: SandboxOdoo [--port PORT] [--data DIR] [--db NAME] [--key KEY] [--odoo-version 18|19]
      A small Odoo that speaks the real wire over HTTP on the loopback interface.
        --port PORT          the port; 0, the default, takes a free one
        --data DIR           where its state is kept; without it, in memory only
        --db NAME            the name of its database (sandbox)
        --key KEY            the API key, also the password of the login admin (sandbox-key)
        --odoo-version N     the Odoo it pretends to be: 18 or 19 (19)
      """;

  static {
    // Without this every small answer on a kept connection waits for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService workers;
  private final Odoo odoo;
  private final Faults faults = new Faults();
  private final Control control;
  private final Json2Endpoint json2;
  private final JsonRpcEndpoint jsonRpc;

  private SandboxOdoo(SandboxSettings settings) throws IOException {
    this.odoo = new Odoo(settings.version(), file(settings.data()), Clock.systemUTC());
    this.control = new Control(odoo, faults);
    Dispatch dispatch = new Dispatch(odoo);
    this.json2 = new Json2Endpoint(dispatch, settings.database(), settings.key());
    this.jsonRpc =
        new JsonRpcEndpoint(dispatch, settings.version(), settings.database(), settings.key());
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
    server.createContext("/", this::serve);
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
      if (name.equals("--help")) {
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

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = Request.read(exchange);
      if (request.path().startsWith(Control.PREFIX)) {
        send(exchange, control.answer(request));
      } else {
        answer(exchange, understand(request));
      }
    }
  }

  private Call understand(Request request) {
    boolean newer = odoo.version() != OdooVersion.V18;
    String path = request.path();
    if (path.equals("/jsonrpc")) {
      return jsonRpc.understand(request);
    }
    if (path.equals("/web/webclient/version_info")) {
      return new Call("", path, snapshot -> jsonRpc.versionInfo(request));
    }
    if (newer && (path.equals("/web/version") || path.equals("/json/version"))) {
      Map<String, Object> version = new LinkedHashMap<>();
      version.put("version_info", List.of(odoo.version().major(), 0, 0, "final", 0, ""));
      version.put("version", odoo.version().series());
      return Call.plain(path, Reply.json(200, version));
    }
    if (newer && path.startsWith(Json2Endpoint.PREFIX)) {
      return json2.understand(request);
    }
    return Call.plain(path, Reply.notFound());
  }

  private void answer(HttpExchange exchange, Call call) throws IOException {
    long begun = System.nanoTime();
    Optional<Faults.Fault> fault = faults.next(call);
    String name = fault.map(struck -> struck.kind().name().toLowerCase(Locale.ROOT)).orElse("");
    Optional<Reply> reply = fault.isEmpty() ? Optional.of(run(call)) : struck(call, fault.get());
    long millis = (System.nanoTime() - begun) / 1_000_000;
    control.remember(call, reply.map(Reply::status).orElse(0), name, millis);
    if (reply.isPresent()) {
      send(exchange, reply.get());
    }
  }

  /** The reply to a call that a fault struck; none if the connection is to break. */
  private Optional<Reply> struck(Call call, Faults.Fault fault) {
    switch (fault.kind()) {
      case DELAY -> {
        pause(fault.number());
        return Optional.of(run(call));
      }
      case STATUS -> {
        Map<String, String> headers =
            fault.retryAfter() < 0
                ? Map.of()
                : Map.of("Retry-After", String.valueOf(fault.retryAfter()));
        return Optional.of(
            Reply.html(fault.number(), "<h1>" + fault.number() + "</h1>\n", headers));
      }
      case APPLY_THEN_DROP -> {
        run(call);
        return Optional.empty();
      }
      case APPLY_THEN_DELAY -> {
        Reply reply = run(call);
        pause(fault.number());
        return Optional.of(reply);
      }
      case SERIALIZE -> {
        return Optional.of(call.answer().to(odoo.arriveTooLate()));
      }
      default -> {
        return Optional.empty();
      }
    }
  }

  private Reply run(Call call) {
    return call.answer().to(odoo.arrive());
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
