package io.kontor.mapping;

import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.money.Currencies;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code channels/<channel>}: a place where we sell, with its tables. */
final class ChannelReader {

  private static final Duration DAY = Duration.ofDays(1);

  private final MappingFiles files;
  private final TableFaults faults;

  ChannelReader(MappingFiles files, TableFaults faults) {
    this.files = files;
    this.faults = faults;
  }

  Optional<Channel> channel(
      String id,
      Map<String, Map<String, Channel.Document>> vendors,
      Set<String> entities,
      List<PostingRule> rules) {
    YamlFields yaml = files.yaml("channels/%s/channel.yaml".formatted(id));
    String vendor = known(yaml, "vendor", vendors.keySet(), "mappings/vendors");
    String entity = known(yaml, "entity", entities, "mappings/accounts");
    Set<String> sets = new HashSet<>(rules.stream().map(PostingRule::set).toList());
    // Without any rule that is what is wrong, and not what names one.
    String rule =
        sets.isEmpty()
            ? yaml.text("rules")
            : known(yaml, "rules", sets, "mappings/accounts/rules.yaml");
    Optional<Channel.Kind> kind = yaml.value("kind", MappingsReader.word(Channel.Kind.values()));
    Optional<Channel.Recognition> recognise =
        yaml.value("recognise", MappingsReader.word(Channel.Recognition.values()));
    Optional<LocalDate> cutOver = yaml.value("cutOver", LocalDate::parse);
    List<Currency> currencies = yaml.values("currencies", Currencies::of);
    if (yaml.texts("currencies").isEmpty()) {
      yaml.fault("'currencies' names none");
    }
    Optional<Duration> interval = interval(yaml, kind);
    Optional<Channel.Signature> signature =
        yaml.has("signature") ? Optional.of(signature(yaml.object("signature"))) : Optional.empty();
    boolean capturesReported = yaml.truth("capturesReported");
    boolean refundsReported = yaml.truth("refundsReported");
    Optional<String> arrival = yaml.optionalText("arrival");
    arrival.ifPresent(place -> isPlace(yaml, place));
    List<String> facilitatedIn = yaml.texts("facilitatedIn");
    facilitatedIn.forEach(place -> isPlace(yaml, place));
    String warehouse = yaml.text("warehouse");
    Map<String, String> gateways = yaml.textMap("gateways");
    gateways.values().stream()
        .filter(ours -> !gateways.getOrDefault(ours, ours).equals(ours))
        .forEach(
            ours ->
                yaml.fault(
                    "'gateways' calls one '%s' that is itself called otherwise".formatted(ours)));
    Settling settling = new SettlingReader(files, faults).of(id, yaml);
    yaml.noOthers();
    tables(id, vendor);
    if (kind.isEmpty() || recognise.isEmpty() || cutOver.isEmpty() || interval.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Channel(
            id,
            vendor,
            kind.get(),
            entity,
            Set.copyOf(currencies),
            capturesReported,
            refundsReported,
            recognise.get(),
            cutOver.get(),
            rule,
            arrival,
            Set.copyOf(facilitatedIn),
            warehouse,
            interval.get(),
            signature,
            gateways,
            settling,
            documents(id, vendors.getOrDefault(vendor, Map.of()))));
  }

  /** Only tills have one; theirs is a whole part of a day, so that no two of them overlap. */
  private static Optional<Duration> interval(YamlFields yaml, Optional<Channel.Kind> kind) {
    if (!yaml.has("interval")) {
      if (kind.equals(Optional.of(Channel.Kind.POS))) {
        yaml.fault("'interval' is missing: receipts of how long are one order in Odoo? PT1H, P1D");
      }
      return Optional.of(Duration.ZERO);
    }
    Optional<Duration> interval = yaml.value("interval", Duration::parse);
    interval
        .filter(length -> length.toSeconds() < 1 || DAY.toSeconds() % length.toSeconds() != 0)
        .ifPresent(
            length ->
                yaml.fault(
                    "'interval' is %s: it must be a whole part of a day, such as PT1H or P1D"
                        .formatted(length)));
    return interval;
  }

  /** The vendor's documents, with the channel's own say on what codes mean. */
  private Map<String, Channel.Document> documents(
      String channel, Map<String, Channel.Document> vendors) {
    Map<String, Channel.Document> documents = new LinkedHashMap<>(vendors);
    CodeTables tables = new CodeTables(files, faults);
    documents.replaceAll(
        (name, document) -> {
          if (!(document instanceof Channel.Document.Statement statement)) {
            return document;
          }
          SettlementCodes codes = tables.ofChannel(channel, statement.codes());
          return new Channel.Document.Statement(
              name, statement.layouts().stream().map(layout -> layout.with(codes)).toList());
        });
    return documents;
  }

  private static String known(YamlFields yaml, String key, Set<String> known, String where) {
    String value = yaml.text(key);
    if (!value.isEmpty() && !known.contains(value)) {
      yaml.fault("'%s': %s has no '%s'".formatted(key, where, value));
    }
    return value;
  }

  private static Channel.Signature signature(YamlFields yaml) {
    Channel.Signature signature =
        new Channel.Signature(yaml.text("header"), yaml.texts("secrets"), yaml.texts("eventId"));
    if (signature.secrets().isEmpty()) {
      yaml.fault("'secrets' names none");
    }
    yaml.noOthers();
    return signature;
  }

  private static void isPlace(YamlFields yaml, String place) {
    try {
      new TaxKey(place, BigDecimal.ZERO, TaxScheme.DOMESTIC);
    } catch (IllegalArgumentException e) {
      yaml.fault(e.getMessage());
    }
  }

  /** Code tables of a channel, for its jq: any columns; the first names the row. */
  private void tables(String channel, String vendor) {
    for (String file : files.files("channels/" + channel, ".csv")) {
      if (file.endsWith("/" + CodeTables.OF_CHANNEL) || SettlingReader.reads(file)) {
        continue;
      }
      isUsed(file, vendor);
      Set<String> seen = new HashSet<>();
      for (MappingFiles.Row row : files.csv(file, List.of())) {
        String key = row.fields().values().iterator().next();
        if (key.isEmpty() || !seen.add(key)) {
          faults.add(
              row.place(), "'%s' in the first column is empty or stands twice".formatted(key));
        }
      }
    }
  }

  /** A table that no jq names has no effect, as one has whose name was mistyped. */
  private void isUsed(String file, String vendor) {
    String table = file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.csv$", "");
    boolean used =
        !files.folders("vendors").contains(vendor)
            || Stream.concat(
                    files.files("vendors", ".jq").stream(),
                    files.files("vendors/" + vendor, ".jq").stream())
                .map(files::glance)
                .anyMatch(
                    jq -> jq.contains(table) || jq.contains("tables[$") || jq.contains("tables[."));
    if (!used) {
      faults.add(
          file,
          "no jq of vendor '%s' names a table '%s', and it is none of %s, %s: it would have no effect"
              .formatted(
                  vendor, table, CodeTables.OF_CHANNEL, String.join(", ", SettlingReader.TABLES)));
    }
  }
}
