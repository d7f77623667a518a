package io.kontor.app;

import io.kontor.app.DataDirectory.RunningHub;
import io.kontor.flow.DeliveryTickets;
import io.kontor.work.intake.Inbox;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running whole: data directory, broker, use cases, routes and HTTP. Started once and stopped
 * once; what was started is stopped in the opposite order, also when the start fails half-way.
 */
public final class Hub implements AutoCloseable {

  private final Settings settings;
  private final boolean works;
  private final Deque<Step> toStop = new ArrayDeque<>();
  private DefaultCamelContext context;
  private Parts parts;
  private String url;
  private final CompletableFuture<String> end = new CompletableFuture<>();

  /** Something that was started, and how it is stopped. */
  private record Step(String name, Stopping stopping) {}

  @FunctionalInterface
  private interface Stopping {
    void stop() throws Exception;
  }

  private Hub(Settings settings, boolean works) {
    this.settings = settings;
    this.works = works;
  }

  /**
   * Starts the hub; when it returns, webhooks are accepted.
   *
   * @throws DataDirectory.InUseException if a hub runs on the data directory
   * @throws Exception whatever keeps it from starting; nothing is left running
   */
  public static Hub start(Settings settings, Wiring wiring) throws Exception {
    return start(new Hub(settings, true), wiring);
  }

  /**
   * Starts a hub that does nothing by itself: it records, delivers and runs no night, and only
   * answers. So the copy of a data directory can be looked at beside the hub that it is of.
   *
   * @throws Exception as {@link #start}
   */
  public static Hub startToBeAsked(Settings settings, Wiring wiring) throws Exception {
    return start(new Hub(settings, false), wiring);
  }

  /** Not before the data directory is made, for its owner alone: the log is a file in it. */
  private static Logger log() {
    return LoggerFactory.getLogger(Hub.class);
  }

  private static Hub start(Hub hub, Wiring wiring) throws Exception {
    try {
      hub.startAll(wiring);
      return hub;
    } catch (Exception e) {
      hub.close();
      throw e;
    }
  }

  private void startAll(Wiring wiring) throws Exception {
    long began = System.nanoTime();
    DataDirectory data = DataDirectory.open(settings.data());
    toStop.push(new Step("data directory", data::close));
    warnOfNarrowFileNames();
    requireFree(settings.http());
    Broker broker = Broker.open(settings, data.directory("broker"));
    toStop.push(new Step("broker", broker::close));
    broker.onEnd(end::complete);
    context = new DefaultCamelContext();
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Inbox inbox = new MeteredInbox(broker.inbox(), meters);
    DeliveryTickets tickets = HubCamel.tickets(context);
    parts =
        wiring.wire(
            settings,
            new Wiring.Outside(
                data.path(),
                inbox,
                broker::waiting,
                tickets,
                HubCamel.odoo(context, settings.odoo()),
                meters));
    toStop.push(new Step("use cases", parts.closing()::run));
    Users users = new Users(settings.users());
    int bodyLimit = settings.http().bodyLimit();
    Gate gate = new Gate(users, bodyLimit, BodyBudget.ofHeap(bodyLimit));
    HubCamel camel = new HubCamel(context, settings, broker, inbox, parts);
    toStop.push(new Step("routes", camel::stop));
    camel.start(gate, tickets, meters, works);
    toStop.push(new Step("gate", gate::close));
    int port = context.hasService(VertxPlatformHttpServer.class).getPort();
    url = "http://" + settings.http().host() + ":" + port;
    gate.open();
    data.announce(new RunningHub(url, ProcessHandle.current().pid(), users.owner().key().reveal()));
    log().info("Kontor is up at {} after {} ms", url, (System.nanoTime() - began) / 1_000_000);
  }

  /** In a locale without UTF-8, Java skips a file whose name it cannot write, and says nothing. */
  private static void warnOfNarrowFileNames() {
    String encoding = System.getProperty("sun.jnu.encoding", "");
    if (!encoding.equalsIgnoreCase("UTF-8") && System.getProperty("os.name").equals("Linux")) {
      log()
          .warn(
              "File names are read as {}: a file whose name has other letters, such as an umlaut, stays in the inbox. Start with LC_ALL=C.UTF-8",
              encoding);
    }
  }

  /** Camel's server says nothing where its port is taken, and the hub would seem to be up. */
  private static void requireFree(Settings.Http http) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(http.host(), http.port()));
    } catch (BindException e) {
      throw new IOException(
          "The address %s:%d cannot be taken (%s): stop what listens there, or set kontor.http.port and kontor.http.host"
              .formatted(http.host(), http.port(), e.getMessage()),
          e);
    }
  }

  /** Waits until the hub cannot go on, which may never be, and says why. */
  public String awaitEnd() {
    return end.join();
  }

  /** Where it answers, without a slash at the end. */
  public String url() {
    return url;
  }

  /** The use cases that it was wired with. */
  public Parts parts() {
    return parts;
  }

  /** The Camel context, for tests and for commands that send through its routes. */
  public DefaultCamelContext camel() {
    return context;
  }

  /** Stops in an orderly way; a second call does nothing. */
  @Override
  public synchronized void close() {
    while (!toStop.isEmpty()) {
      Step step = toStop.pop();
      try {
        step.stopping().stop();
      } catch (Exception e) {
        log().warn("The {} did not stop in order", step.name(), e);
      }
    }
  }
}
