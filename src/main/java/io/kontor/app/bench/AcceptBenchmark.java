package io.kontor.app.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kontor.app.Broker;
import io.kontor.app.Hub;
import io.kontor.app.HubWiring;
import io.kontor.app.Secret;
import io.kontor.app.Settings;
import io.kontor.app.bench.Report.Round;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Webhooks accepted by a whole hub over HTTP, each signed, verified and synced to the broker's disk
 * before its 202; against as many producers that do nothing but send the same bodies to a broker of
 * the same kind. Nobody consumes meanwhile, on either side. How many are accepted while the hub
 * records as fast as it can is measured beside it, and stated: on a machine of few processors that
 * is a matter of how they are shared.
 */
public final class AcceptBenchmark implements Benchmark {

  private static final int CONNECTIONS = 32;
  private static final double AIM = 0.7;

  /** Until both sides are compiled: the rate grows threefold in the first rounds. */
  private static final int WARM_UPS = 10;

  private static final int ACCEPTED = 202;
  private static final long PAUSE_MILLIS = 50;
  private static final Secret SECRET = new Secret("a secret of the benchmark only");

  /** What the hub would do with what it recorded: for Odoo, which is not here, and sealing. */
  private static final List<String> HELD =
      List.of("sweep-deliveries", "route-deliveries", "seal-journal");

  private static final String RECORDING = "record-documents";

  private final ShopifyOrders orders = new ShopifyOrders();
  private long next;

  @Override
  public String name() {
    return "accept";
  }

  @Override
  public int documents() {
    return 6_000;
  }

  @Override
  public List<Report> run(Settings base, Effort effort, Progress say) throws Exception {
    try (Scratch scratch = new Scratch()) {
      Settings settings = scratch.settings(base, SECRET);
      LongSupplier[] waiting = new LongSupplier[1];
      HubWiring wiring = new HubWiring(Clock.systemUTC());
      try (Broker broker = Broker.open(settings, scratch.path("bare"));
          Hub hub =
              Hub.start(
                  settings,
                  (s, outside) -> {
                    waiting[0] = outside.waiting();
                    return wiring.wire(s, outside);
                  })) {
        for (String route : HELD) {
          hub.camel().getRouteController().suspendRoute(route);
        }
        URI url = URI.create(hub.url());
        hub.camel().getRouteController().suspendRoute(RECORDING);
        List<Round> rounds = accepting(url, broker, effort, say);
        hub.camel().getRouteController().resumeRoute(RECORDING);
        drain(waiting[0]);
        Shared shared = new Shared();
        for (int pass = 0; pass < effort.rounds(); pass++) {
          byte[][] requests = requests(url, bodies(effort.documents()));
          double both = accept(url, requests);
          long behind = waiting[0].getAsLong();
          drain(waiting[0]);
          shared.add(requests.length / both, (requests.length - behind) / both);
        }
        return List.of(report(settings, effort, rounds, shared));
      }
    }
  }

  private List<Round> accepting(URI hub, Broker broker, Effort effort, Progress say)
      throws Exception {
    List<Round> rounds = new ArrayList<>();
    for (int round = 1 - WARM_UPS; round <= effort.rounds(); round++) {
      byte[][] bodies = bodies(effort.documents());
      byte[][] requests = requests(hub, bodies);
      double accepting = accept(hub, requests);
      double sending = send(broker, bodies);
      Round measured = new Round(bodies.length / accepting, bodies.length / sending);
      if (round > 0) {
        rounds.add(measured);
      }
      say.say(
          "%s: %.0f webhooks/s, %.0f sends/s"
              .formatted(
                  round > 0 ? "round " + round : "warming up",
                  measured.product(),
                  measured.bare()));
    }
    return rounds;
  }

  /** What was done in the passes in which the hub also recorded. */
  private static final class Shared {

    private int passes;
    private double accepted;
    private double recorded;

    void add(double acceptedPerSecond, double recordedPerSecond) {
      passes++;
      accepted += acceptedPerSecond;
      recorded += recordedPerSecond;
    }

    String text(int threads) {
      return "%.0f webhooks/s while %d threads recorded %.0f documents/s"
          .formatted(accepted / passes, threads, recorded / passes);
    }
  }

  private Report report(Settings settings, Effort effort, List<Round> rounds, Shared shared) {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("documents", "%d a round".formatted(effort.documents()));
    conditions.put("size", "%d bytes, JSON, HMAC-SHA-256".formatted(orders.body(0).length));
    conditions.put(
        "connections", "%d, kept open; %d producers".formatted(CONNECTIONS, CONNECTIONS));
    conditions.put("broker", "embedded, journal synced before each answer");
    conditions.put("meanwhile", "nothing is consumed on either side");
    conditions.put("warmed up", WARM_UPS + " rounds");
    conditions.put("recording too", shared.text(settings.inbox().consumers()));
    conditions.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    return new Report(
        name(),
        "webhooks accepted, against bare persistent sends",
        conditions,
        "webhooks/s",
        "sends/s",
        rounds,
        AIM,
        OptionalDouble.empty());
  }

  private byte[][] bodies(int count) {
    byte[][] bodies = new byte[count][];
    for (int i = 0; i < count; i++) {
      bodies[i] = orders.body(next++);
    }
    return bodies;
  }

  private byte[][] requests(URI hub, byte[][] bodies) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.reveal().getBytes(UTF_8), "HmacSHA256"));
    String path = "/hooks/" + ShopifyOrders.CHANNEL + "/" + ShopifyOrders.DOCUMENT;
    byte[][] requests = new byte[bodies.length][];
    for (int i = 0; i < bodies.length; i++) {
      String headers =
          "Content-Type: application/json\r\nX-Shopify-Webhook-Id: %s\r\nX-Shopify-Hmac-SHA256: %s\r\n"
              .formatted(
                  ShopifyOrders.id(next - bodies.length + i),
                  Base64.getEncoder().encodeToString(mac.doFinal(bodies[i])));
      requests[i] = HttpConnection.post(hub, path, bodies[i], headers);
    }
    return requests;
  }

  private static double accept(URI hub, byte[][] requests) throws Exception {
    AtomicInteger taken = new AtomicInteger();
    List<HttpConnection> open = new ArrayList<>();
    try {
      return Together.seconds(
          CONNECTIONS,
          thread -> {
            HttpConnection connection = new HttpConnection(hub);
            open.add(connection);
            return () -> {
              for (int i = taken.getAndIncrement();
                  i < requests.length;
                  i = taken.getAndIncrement()) {
                int status = connection.send(requests[i]);
                if (status != ACCEPTED) {
                  throw new IllegalStateException("a webhook was answered " + status);
                }
              }
            };
          });
    } finally {
      for (HttpConnection connection : open) {
        connection.close();
      }
    }
  }

  private static double send(Broker broker, byte[][] bodies) throws Exception {
    AtomicInteger taken = new AtomicInteger();
    List<Connection> open = new ArrayList<>();
    try {
      return Together.seconds(
          CONNECTIONS,
          thread -> {
            Connection connection = broker.connections().createConnection();
            open.add(connection);
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(session.createQueue(Broker.INBOX));
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            return () -> {
              for (int i = taken.getAndIncrement();
                  i < bodies.length;
                  i = taken.getAndIncrement()) {
                BytesMessage message = session.createBytesMessage();
                message.writeBytes(bodies[i]);
                producer.send(message);
              }
            };
          });
    } finally {
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  private static void drain(LongSupplier waiting) throws InterruptedException {
    while (waiting.getAsLong() > 0) {
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
