package io.kontor.mapping;

import io.kontor.ledger.Account;
import io.kontor.money.Currencies;
import io.kontor.money.Decimals;
import io.kontor.money.Money;
import io.kontor.sales.FactKind;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads a mappings folder into tables. Everything that is wrong in any file is found in one go, so
 * that whoever edits the tables does not mend them one fault a start.
 */
public final class MappingsReader {

  private static final int MOST_VALID_DAYS = 31;
  private static final String PRODUCTS = "catalog/products.csv";

  private static final String AUTHORS = "authors.yaml";

  private final MappingFiles files;
  private final TableFaults faults;

  private MappingsReader(Path root) {
    this.faults = new TableFaults();
    this.files = new MappingFiles(root, faults);
  }

  /**
   * Reads and checks the tables. The jq files and schemas are compiled by {@link Translator}.
   *
   * @param root the folder {@code mappings}
   * @throws InvalidMappingsException listing every fault of every table
   */
  public static Mappings read(Path root) {
    return new MappingsReader(root).read();
  }

  private Mappings read() {
    Map<String, Entity> entities = new LinkedHashMap<>();
    for (String id : files.folders("accounts")) {
      entity(id).ifPresent(entity -> entities.put(id, entity));
    }
    List<PostingRule> rules = rules();
    Map<String, Map<String, Channel.Document>> vendors = new LinkedHashMap<>();
    VendorReader vendorReader = new VendorReader(files, faults);
    for (String vendor : files.folders("vendors")) {
      vendors.put(vendor, vendorReader.documents(vendor));
    }
    Map<String, Channel> channels = new LinkedHashMap<>();
    for (String id : files.folders("channels")) {
      channel(id, vendors, entities.keySet(), rules)
          .ifPresent(channel -> channels.put(id, channel));
    }
    Catalog catalog = catalog(entities.keySet());
    Map<Mappings.ConsequenceKey, List<Consequence>> consequences = consequences();
    Set<String> authors = authors();
    files.isRead("vendors/house.jq");
    files.files("schema", ".json").forEach(files::isRead);
    files.noOthers();
    rolesHaveAccounts(entities, channels, rules);
    faults.throwIfAny();
    return new Mappings(files.version(), entities, channels, rules, catalog, consequences, authors);
  }

  /** Who wrote this version; the file is optional. */
  private Set<String> authors() {
    if (!files.has(AUTHORS)) {
      return Set.of();
    }
    YamlFields yaml = files.yaml(AUTHORS);
    Set<String> authors = new HashSet<>(yaml.texts("authors"));
    yaml.noOthers();
    return authors;
  }

  private Optional<Entity> entity(String id) {
    String folder = "accounts/" + id;
    YamlFields yaml = files.yaml(folder + "/entity.yaml");
    String name = yaml.text("name");
    Optional<ZoneId> zone = yaml.value("zone", ZoneId::of);
    Optional<java.util.Currency> currency = yaml.value("currency", Currencies::of);
    String company = yaml.text("odooCompany");
    String journal = yaml.text("odooJournal");
    String zeroTax = yaml.text("odooZeroTax");
    Entity.VatPoint vatPoint =
        yaml.has("vatPoint")
            ? yaml.value("vatPoint", word(Entity.VatPoint.values()))
                .orElse(Entity.VatPoint.SHIPMENT)
            : Entity.VatPoint.SHIPMENT;
    List<Entity.Book> books = new ArrayList<>();
    for (YamlFields book : yaml.objects("books")) {
      Optional<Entity.Target> target = book.value("target", word(Entity.Target.values()));
      Optional<Entity.Granularity> granularity =
          book.value("granularity", word(Entity.Granularity.values()));
      book.noOthers();
      if (target.isPresent() && granularity.isPresent()) {
        books.add(new Entity.Book(target.get(), granularity.get()));
      }
    }
    Optional<Money> autoApprove = autoApprove(yaml, currency);
    int validDays =
        yaml.has("rateValidDays")
            ? yaml.value("rateValidDays", MappingsReader::days).orElse(Rates.USUAL_DAYS)
            : Rates.USUAL_DAYS;
    yaml.noOthers();
    Chart chart = chart(folder + "/chart.csv");
    Rates rates = new Rates(validDays, rates(folder + "/rates.csv", currency));
    if (zone.isEmpty() || currency.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Entity(
            id,
            name,
            zone.get(),
            currency.get(),
            company,
            journal,
            zeroTax,
            books,
            autoApprove,
            chart,
            vatPoint,
            rates));
  }

  /** Opt-in: without the key every batch is approved by a person. */
  private static Optional<Money> autoApprove(
      YamlFields entity, Optional<java.util.Currency> currency) {
    if (!entity.has("autoApprove")) {
      return Optional.empty();
    }
    YamlFields auto = entity.object("autoApprove");
    Optional<Money> limit =
        auto.value(
            "limit",
            text -> {
              Money amount =
                  Money.of(text, currency.map(java.util.Currency::getCurrencyCode).orElse("EUR"));
              if (!amount.isPositive()) {
                throw new IllegalArgumentException("'%s' is not above zero".formatted(text));
              }
              return amount;
            });
    auto.noOthers();
    return limit;
  }

  private static Integer days(String text) {
    int days = Integer.parseInt(text);
    if (days < 0 || days > MOST_VALID_DAYS) {
      throw new IllegalArgumentException(
          "a rate holds for 0 to %d days, not %d".formatted(MOST_VALID_DAYS, days));
    }
    return days;
  }

  /** What other currencies were worth by day; an entity that keeps none has no such table. */
  private Map<java.util.Currency, NavigableMap<LocalDate, BigDecimal>> rates(
      String file, Optional<java.util.Currency> own) {
    Map<java.util.Currency, NavigableMap<LocalDate, BigDecimal>> rates = new HashMap<>();
    if (!files.has(file)) {
      return rates;
    }
    for (MappingFiles.Row row : files.csv(file, "date", "currency", "rate", "source")) {
      try {
        LocalDate day = LocalDate.parse(row.get("date"));
        java.util.Currency currency = Currencies.of(row.get("currency"));
        BigDecimal rate = Decimals.parse(row.get("rate"));
        if (rate.signum() <= 0) {
          faults.add(row.place(), "the rate %s is not above zero".formatted(rate));
        } else if (own.equals(Optional.of(currency))) {
          faults.add(row.place(), "%s is the entity's own currency".formatted(currency));
        } else if (row.get("source").isEmpty()) {
          faults.add(row.place(), "says no source: who published the rate?");
        } else if (rates.computeIfAbsent(currency, any -> new TreeMap<>()).put(day, rate) != null) {
          faults.add(row.place(), "the rate of %s on %s stands twice".formatted(currency, day));
        }
      } catch (DateTimeException | IllegalArgumentException e) {
        faults.add(row.place(), e.getMessage());
      }
    }
    return rates;
  }

  private Chart chart(String file) {
    List<Chart.Row> rows = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (MappingFiles.Row row : files.csv(file, "account", "code", "name", "type", "file")) {
      String account = row.get("account");
      isAccount(row.place(), account);
      if (!seen.add(account)) {
        faults.add(row.place(), "account '%s' stands twice".formatted(account));
      }
      for (String column : List.of("code", "name", "type", "file")) {
        if (row.get(column).isEmpty()) {
          faults.add(row.place(), "account '%s' has no %s".formatted(account, column));
        }
      }
      rows.add(
          new Chart.Row(
              account, row.get("code"), row.get("name"), row.get("type"), row.get("file")));
    }
    return new Chart(rows);
  }

  private boolean isAccount(String place, String path) {
    try {
      new Account(path);
      return true;
    } catch (IllegalArgumentException e) {
      faults.add(place, e.getMessage());
      return false;
    }
  }

  private List<PostingRule> rules() {
    List<PostingRule> rules = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (YamlFields yaml : files.yamlList("accounts/rules.yaml")) {
      String set = yaml.text("set");
      Optional<FactKind> on = yaml.value("on", FactKind::of);
      List<PostingRule.Leg> legs = new ArrayList<>();
      for (YamlFields leg : yaml.objects("entry")) {
        leg(leg).ifPresent(legs::add);
      }
      yaml.noOthers();
      if (on.isPresent() && !set.isEmpty()) {
        PostingRule rule = new PostingRule(set, on.get().word(), legs);
        if (!seen.add(rule.name())) {
          yaml.fault("the rule %s stands twice".formatted(rule.name()));
        }
        rules.add(rule);
      }
    }
    return rules;
  }

  private static Optional<PostingRule.Leg> leg(YamlFields leg) {
    boolean debit = leg.has("debit");
    if (debit == leg.has("credit")) {
      leg.fault("must say either debit or credit");
      return Optional.empty();
    }
    String account = leg.text(debit ? "debit" : "credit");
    String amount = leg.text("amount");
    leg.noOthers();
    return Optional.of(
        new PostingRule.Leg(
            debit ? PostingRule.Side.DEBIT : PostingRule.Side.CREDIT, account, amount));
  }

  private Optional<Channel> channel(
      String id,
      Map<String, Map<String, Channel.Document>> vendors,
      Set<String> entities,
      List<PostingRule> rules) {
    YamlFields yaml = files.yaml("channels/%s/channel.yaml".formatted(id));
    String vendor = known(yaml, "vendor", vendors.keySet(), "mappings/vendors");
    String entity = known(yaml, "entity", entities, "mappings/accounts");
    Set<String> sets = new HashSet<>(rules.stream().map(PostingRule::set).toList());
    String rule = known(yaml, "rules", sets, "mappings/accounts/rules.yaml");
    Optional<Channel.Kind> kind = yaml.value("kind", word(Channel.Kind.values()));
    Optional<Channel.Recognition> recognise =
        yaml.value("recognise", word(Channel.Recognition.values()));
    Optional<LocalDate> cutOver = yaml.value("cutOver", LocalDate::parse);
    List<java.util.Currency> currencies = yaml.values("currencies", Currencies::of);
    if (yaml.texts("currencies").isEmpty()) {
      yaml.fault("'currencies' names none");
    }
    Optional<Duration> interval =
        yaml.has("interval") ? yaml.value("interval", Duration::parse) : Optional.of(Duration.ZERO);
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
    Settling settling = new SettlingReader(files, faults).of(id, yaml);
    yaml.noOthers();
    tables(id);
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
      new TaxKey(place, java.math.BigDecimal.ZERO, TaxScheme.DOMESTIC);
    } catch (IllegalArgumentException e) {
      yaml.fault(e.getMessage());
    }
  }

  /** Code tables of a channel, for its jq: any columns; the first names the row. */
  private void tables(String channel) {
    for (String file : files.files("channels/" + channel, ".csv")) {
      if (file.endsWith("/" + CodeTables.OF_CHANNEL) || SettlingReader.reads(file)) {
        continue;
      }
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

  private Catalog catalog(Set<String> entities) {
    Map<String, String> skus = new HashMap<>();
    for (MappingFiles.Row row : files.csv("catalog/sku-aliases.csv", "sku", "reference")) {
      put(row, skus, row.get("sku"), row.get("reference"));
    }
    Map<String, String> taxes = new HashMap<>();
    for (MappingFiles.Row row :
        files.csv(
            "catalog/taxes.csv", "entity", "country", "rate", "scheme", "prices", "externalId")) {
      tax(row, entities).ifPresent(name -> put(row, taxes, name, row.get("externalId")));
    }
    Map<String, String> products = new HashMap<>();
    for (MappingFiles.Row row : files.csv(PRODUCTS, "word", "externalId")) {
      put(row, products, row.get("word"), row.get("externalId"));
    }
    for (String word : Catalog.PRODUCT_WORDS) {
      if (!products.containsKey(word)) {
        faults.add(PRODUCTS, "has no row for '%s'".formatted(word));
      }
    }
    return new Catalog(skus, taxes, products);
  }

  private <K> void put(MappingFiles.Row row, Map<K, String> table, K key, String value) {
    if (value.isEmpty() || key.toString().isEmpty()) {
      faults.add(row.place(), "has an empty field");
    } else if (table.put(key, value) != null) {
      faults.add(row.place(), "'%s' stands twice".formatted(key));
    }
  }

  private Optional<String> tax(MappingFiles.Row row, Set<String> entities) {
    String prices = row.get("prices");
    if (!entities.contains(row.get("entity"))) {
      faults.add(row.place(), "there is no entity '%s'".formatted(row.get("entity")));
      return Optional.empty();
    }
    if (!prices.equals("incl") && !prices.equals("excl")) {
      faults.add(row.place(), "prices are incl or excl, not '%s'".formatted(prices));
      return Optional.empty();
    }
    try {
      TaxKey key =
          new TaxKey(
              row.get("country"), Decimals.parse(row.get("rate")), TaxScheme.of(row.get("scheme")));
      return Optional.of(Catalog.taxName(row.get("entity"), key, prices.equals("incl")));
    } catch (IllegalArgumentException e) {
      faults.add(row.place(), e.getMessage());
      return Optional.empty();
    }
  }

  private Map<Mappings.ConsequenceKey, List<Consequence>> consequences() {
    Map<Mappings.ConsequenceKey, List<Consequence>> all = new HashMap<>();
    YamlFields yaml = files.yaml("consequences.yaml");
    for (String channelWord : yaml.keys()) {
      YamlFields ofKind = yaml.object(channelWord);
      Optional<Channel.Kind> kind = parsed(yaml, channelWord, word(Channel.Kind.values()));
      for (String factWord : ofKind.keys()) {
        Optional<FactKind> fact = parsed(ofKind, factWord, FactKind::of);
        List<Consequence> consequences = ofKind.values(factWord, Consequence::of);
        if (kind.isPresent() && fact.isPresent()) {
          all.put(new Mappings.ConsequenceKey(kind.get(), fact.get()), consequences);
        }
      }
    }
    return all;
  }

  private static <T> Optional<T> parsed(YamlFields yaml, String word, Function<String, T> of) {
    try {
      return Optional.of(of.apply(word));
    } catch (IllegalArgumentException e) {
      yaml.fault(e.getMessage());
      return Optional.empty();
    }
  }

  /** Whatever a rule or a settlement's code can book must have a row in the chart. */
  private void rolesHaveAccounts(
      Map<String, Entity> entities, Map<String, Channel> channels, List<PostingRule> rules) {
    for (Channel channel : channels.values()) {
      Entity entity = entities.get(channel.entity());
      if (entity == null) {
        continue;
      }
      for (PostingRule rule : rules) {
        if (rule.set().equals(channel.rules())) {
          rule.legs()
              .forEach(leg -> hasRow(entity, leg.account(), "accounts/rules.yaml, " + rule.name()));
        }
      }
      for (Channel.Document document : channel.documents().values()) {
        if (document instanceof Channel.Document.Statement statement) {
          statement
              .codes()
              .rows()
              .forEach(
                  code ->
                      hasRow(
                          entity,
                          code.role(),
                          "vendors/%s, code %s".formatted(channel.vendor(), code.pattern())));
        }
      }
    }
  }

  private void hasRow(Entity entity, String account, String place) {
    String role = account.replaceAll(":\\{.*", "");
    if (isAccount(place, role) && entity.chart().row(new Account(role)).isEmpty()) {
      faults.add(place, "accounts/%s/chart.csv has no row for '%s'".formatted(entity.id(), role));
    }
  }

  /** Finds the enum constant whose name a table writes in kebab-case. */
  static <E extends Enum<E>> Function<String, E> word(E[] values) {
    return text -> {
      List<String> words = new ArrayList<>();
      for (E value : values) {
        String word = value.name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (word.equals(text)) {
          return value;
        }
        words.add(word);
      }
      throw new IllegalArgumentException("'%s' is none of %s".formatted(text, words));
    };
  }
}
