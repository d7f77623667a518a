package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.document.Json;
import io.kontor.document.RawDocument;
import io.kontor.document.XmlRecords;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.ChannelSettings;
import io.kontor.mapping.InvalidMappingsException;
import io.kontor.mapping.Mappings;
import io.kontor.sales.Fact;
import io.kontor.sales.FactKind;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Documents to canonical facts, by the jq of their vendor. Compiles everything once; thread-safe.
 *
 * <p>Bad content never throws, it makes {@link Fault}s. Within a document an order is taken whole
 * or not at all: if one of its facts is faulty, all of them wait, and the fault lists everything
 * that is wrong with them; the document's other orders go on.
 */
public final class Translator {

  private static final String REVISION = "revision";
  private static final String OCCURRED_AT = "occurredAt";

  /** A document with one of these states its order whole: the next one takes its place. */
  private static final Set<String> WHOLE =
      Set.of(
          FactKind.ORDER_PLACED.word(), FactKind.ORDER_LINES.word(), FactKind.RECEIPT_RUNG.word());

  private final Schemas schemas;
  private final Map<String, JqMapping> mappings = new HashMap<>();

  /**
   * @param root the folder that {@code mappings} were read from
   * @throws InvalidMappingsException if a jq file does not compile, or a schema is missing
   */
  public Translator(Mappings mappings, Path root) {
    List<String> faults = new ArrayList<>();
    this.schemas = compile(root, faults);
    JqLibrary library = new JqLibrary(root);
    for (Channel channel : mappings.channels().values()) {
      JsonNode settings = ChannelSettings.of(channel, mappings.entityOf(channel), root);
      for (Channel.Document document : channel.documents().values()) {
        if (document instanceof Channel.Document.Translated translated) {
          try {
            this.mappings.put(
                key(channel, document.name()), library.compile(translated.jq(), settings));
          } catch (IllegalArgumentException e) {
            faults.add(e.getMessage());
          }
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidMappingsException(faults.stream().distinct().toList());
    }
  }

  private static Schemas compile(Path root, List<String> faults) {
    try {
      return new Schemas(root.resolve("schema"));
    } catch (IllegalArgumentException e) {
      faults.add(e.getMessage());
      return null;
    }
  }

  /** What a document says. Never throws for what is in the document. */
  public Translation translate(Channel channel, RawDocument raw) {
    Orders orders = new Orders(channel, raw);
    if (raw.document().equals(Channel.WRITE_OFFS)) {
      orders.fact(Json.read(raw.body()));
      return orders.translation();
    }
    if (!(channel.documents().get(raw.document())
        instanceof Channel.Document.Translated document)) {
      orders.fault(
          "unknown-document",
          "channel %s has no document '%s' that is translated, only %s"
              .formatted(channel.id(), raw.document(), channel.documents().keySet()));
      return orders.translation();
    }
    JqMapping jq = mappings.get(key(channel, document.name()));
    try {
      if (document.format() == Channel.Format.XML) {
        String record = document.record().orElseThrow();
        long records = XmlRecords.read(raw.body(), record, tree -> orders.take(jq, tree));
        if (records == 0) {
          orders.fault(
              "no-records",
              "the document has no <%s>: it is another document, or an empty export"
                  .formatted(record));
        }
      } else {
        orders.take(jq, Json.read(raw.body()));
      }
    } catch (RejectedFailure e) {
      orders.fault(e.code(), e.getMessage());
    }
    return orders.translation();
  }

  private static String key(Channel channel, String document) {
    return channel.id() + "/" + document;
  }

  /** What is known of one order so far. */
  private static final class Order {
    private final List<CanonicalFact> facts = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> named = new TreeSet<>();
    private boolean whole;

    /** Takes note of what the document is about, also where it is faulty. */
    void names(JsonNode output) {
      String kind = output.path("fact").asText();
      whole |= WHOLE.contains(kind);
      if (FactKind.find(kind).isPresent() && !output.path("externalId").asText().isBlank()) {
        named.add(kind + "/" + output.path("externalId").asText());
      }
    }

    /** A receipt is never stated anew: two of one number are two receipts. */
    boolean contradicts(CanonicalFact fact) {
      return fact.fact().name().kind() == FactKind.RECEIPT_RUNG
          && facts.stream()
              .anyMatch(f -> f.fact().name().equals(fact.fact().name()) && !f.equals(fact));
    }

    /** The one fact that the document is about; blank if it is about a whole order. */
    String fact() {
      return !whole && named.size() == 1 ? named.iterator().next() : "";
    }
  }

  /** The orders of one document, in the order in which they are first named. */
  private final class Orders {

    private final Channel channel;
    private final RawDocument raw;
    private final Map<String, Order> orders = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();

    Orders(Channel channel, RawDocument raw) {
      this.channel = channel;
      this.raw = raw;
    }

    void fault(String code, String message) {
      faults.add(new Fault(code, raw.id(), message));
    }

    void take(JqMapping jq, JsonNode tree) {
      jq.apply(
          tree, output -> output(jq, output), finding -> fault(finding.code(), finding.message()));
    }

    /** Takes one output of jq: a fact, or what the mapping itself found wrong. */
    private void output(JqMapping jq, JsonNode output) {
      if (!output.has("fault")) {
        fact(output);
        return;
      }
      Finding finding = jq.finding(output.get("fault"));
      JsonNode order = output.path("order");
      if (order.isTextual() && !order.textValue().isBlank()) {
        order(order.textValue()).names(output);
        order(order.textValue()).findings.add(finding);
      } else {
        fault(finding.code(), finding.message());
      }
    }

    private void fact(JsonNode output) {
      JsonNode order = output.path("order");
      if (output instanceof ObjectNode fact && order.isTextual()) {
        fact(fact, order(order.textValue()));
      } else {
        fault("not-a-fact", mapping() + " made something that is not a fact: " + output);
      }
    }

    private Order order(String name) {
      return orders.computeIfAbsent(name, n -> new Order());
    }

    private void fact(ObjectNode json, Order order) {
      order.names(json);
      Set<String> ofReceipt = new HashSet<>();
      json.put("version", Upcasts.current(json.path("fact").asText()));
      time(json, REVISION, ofReceipt);
      time(json, OCCURRED_AT, ofReceipt);
      Optional<FactKind> kind = kind(json.path("fact").asText(), order.findings);
      List<Finding> findings = new ArrayList<>();
      kind.ifPresent(known -> findings.addAll(schemas.check(known, json)));
      if (kind.isPresent() && findings.isEmpty()) {
        Optional<Fact> fact = FactReader.read(json, channel.entity(), channel.id(), findings);
        if (findings.isEmpty() && fact.isPresent()) {
          new FactChecks(channel, raw.receivedAt(), findings).check(fact.get());
          if (findings.isEmpty()) {
            CanonicalFact canonical = CanonicalFact.of(fact.get(), ofReceipt);
            if (order.contradicts(canonical)) {
              findings.add(
                  new Finding(
                      "duplicate-receipt",
                      "two receipts of this document have the same number: have the till export them with their own"));
            } else if (!order.facts.contains(canonical)) {
              order.facts.add(canonical);
            }
          }
        }
      }
      findings.stream().filter(f -> !order.findings.contains(f)).forEach(order.findings::add);
    }

    /** Times are written in UTC; where the source states none, the receipt's stands in. */
    private void time(ObjectNode json, String name, Set<String> ofReceipt) {
      JsonNode value = json.path(name);
      if (value.isMissingNode() || value.isNull()) {
        json.put(name, raw.receivedAt().toString());
        ofReceipt.add(name);
      } else if (value.isTextual()) {
        try {
          json.put(name, OffsetDateTime.parse(value.textValue()).toInstant().toString());
        } catch (DateTimeException e) {
          json.put(name, value.textValue()); // the schema says what is wrong with it
        }
      }
    }

    private Optional<FactKind> kind(String word, List<Finding> findings) {
      try {
        return Optional.of(FactKind.translated(word));
      } catch (IllegalArgumentException e) {
        findings.add(
            new Finding(
                "not-a-fact",
                "%s; correct %s%s"
                    .formatted(
                        e.getMessage(),
                        mapping(),
                        word.equals(FactKind.SETTLEMENT_RECEIVED.word())
                            ? ": a statement is described by a *.statement.yaml"
                            : "")));
        return Optional.empty();
      }
    }

    /** What made what is not right, for whoever is to correct it. */
    private String mapping() {
      return channel.documents().get(raw.document())
              instanceof Channel.Document.Translated translated
          ? "mappings/" + translated.jq()
          : "the mapping";
    }

    Translation translation() {
      List<CanonicalFact> facts = new ArrayList<>();
      orders.forEach(
          (name, order) -> {
            if (order.findings.isEmpty()) {
              facts.addAll(order.facts);
            } else {
              String all =
                  String.join("; ", order.findings.stream().map(Finding::message).toList());
              faults.add(
                  new Fault(
                      order.findings.get(0).code(),
                      name,
                      "order %s: %s".formatted(name, all),
                      order.fact()));
            }
          });
      return new Translation(facts, faults);
    }
  }
}
