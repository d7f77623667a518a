package io.kontor.app;

import io.kontor.console.Reply;
import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Catalog;
import io.kontor.mapping.Channel;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.Settling;
import io.kontor.work.Actor;
import io.kontor.work.desk.Refusals;
import io.kontor.work.intake.Cursors;
import io.kontor.work.recording.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Header;

/** Use cases that remember what they were asked, and can be told to fail. */
final class FakeParts {

  final List<RawDocument> recorded = new CopyOnWriteArrayList<>();
  final List<String> refused = new CopyOnWriteArrayList<>();
  final AtomicReference<Runnable> beforeRefusing = new AtomicReference<>(() -> {});
  final Set<String> wentWell = ConcurrentHashMap.newKeySet();
  final Queue<Consequence> delivered = new ConcurrentLinkedQueue<>();
  final Map<Consequence, AtomicInteger> due = new ConcurrentHashMap<>();
  final AtomicInteger nights = new AtomicInteger();
  final AtomicInteger batches = new AtomicInteger();
  final AtomicReference<Recording> recording = new AtomicReference<>(this::remember);
  volatile Wiring.Outside outside;

  Parts wire(Settings settings, Wiring.Outside given) {
    outside = given;
    return new Parts(
        mappings(),
        documents -> recording.get().record(documents),
        this::deliver,
        () -> due.keySet().stream().filter(c -> due.get(c).get() > 0).toList(),
        this::accept,
        nights::incrementAndGet,
        () -> 0,
        refusals(),
        new MemoryCursors(),
        List.of(),
        Map.of(
            "api", new FakeApi(), "retention", new FakeRetention(), "embeddedFile", new FakeFile()),
        () -> {});
  }

  void remember(List<RawDocument> documents) {
    batches.incrementAndGet();
    recorded.addAll(documents);
  }

  private int deliver(Consequence consequence) {
    AtomicInteger left = due.getOrDefault(consequence, new AtomicInteger());
    if (left.get() <= 0) {
      return 0;
    }
    left.decrementAndGet();
    delivered.add(consequence);
    return 1;
  }

  private String accept(String channel, String document, Path file, Actor who) {
    if (mappings().channel(channel).isEmpty()) {
      throw new RejectedFailure("unknown-channel", channel, "There is no channel " + channel);
    }
    try {
      RawDocument raw =
          new RawDocument(
              channel,
              document,
              "file:" + file.getFileName(),
              Instant.now(),
              "",
              Files.readAllBytes(file));
      outside.inbox().put(raw);
      return raw.id();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Refusals refusals() {
    return new Refusals() {
      @Override
      public void refuse(RawDocument document, Exception reason) {
        beforeRefusing.get().run();
        refused.add(document.id() + ": " + reason.getMessage());
      }

      @Override
      public void refuse(String route, String code, String reference, String reason) {
        beforeRefusing.get().run();
        refused.add(route + "/" + code + "/" + reference + ": " + reason);
      }

      @Override
      public void wentWell(String route) {
        wentWell.add(route);
      }
    };
  }

  static Mappings mappings() {
    Entity entity =
        new Entity(
            "nordwind",
            "Nordwind GmbH",
            ZoneId.of("Europe/Berlin"),
            Currency.getInstance("EUR"),
            "Nordwind",
            "KONTOR",
            "kontor.tax_zero",
            List.of(),
            new Chart(List.of()));
    return new Mappings(
        "test",
        Map.of(entity.id(), entity),
        Map.of("shop", shop()),
        List.of(),
        new Catalog(Map.of(), Map.of(), Map.of()),
        Map.of());
  }

  private static Channel shop() {
    return new Channel(
        "shop",
        "shopify",
        Channel.Kind.WEB_STORE,
        "nordwind",
        Set.of(Currency.getInstance("EUR")),
        true,
        true,
        Channel.Recognition.ORDER,
        LocalDate.of(2026, 1, 1),
        "web",
        Optional.empty(),
        Set.of(),
        "WH",
        Duration.ofHours(1),
        Optional.of(
            new Channel.Signature(
                "X-Signature", List.of("shop-new", "shop-old"), List.of("X-Event-Id"))),
        Map.of(),
        Settling.DEFAULT,
        Map.of(
            "orders",
            new Channel.Document.Translated("orders", Channel.Format.JSON, "", Optional.empty())));
  }

  private static final class MemoryCursors implements Cursors {

    private final Map<String, String> cursors = new ConcurrentHashMap<>();

    @Override
    public Optional<String> read(String feed) {
      return Optional.ofNullable(cursors.get(feed));
    }

    @Override
    public void advance(String feed, String cursor) {
      cursors.put(feed, cursor);
    }
  }

  /** Stands where retention does. */
  public static final class FakeRetention {

    public int purge() {
      return 0;
    }
  }

  /** Stands where the console's API does; no test of the runtime asks it anything. */
  public static final class FakeApi {

    public Reply handle(@Header("Kontor-User") String user, @Header("Kontor-Roles") String roles) {
      byte[] who = (user + " as " + roles).getBytes(StandardCharsets.UTF_8);
      return new Reply(200, "text/plain", who);
    }
  }

  /** A database that takes no room. */
  public static final class FakeFile {

    public void reclaim() {
      // Nothing is kept in a file here.
    }
  }
}
