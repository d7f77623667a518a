package io.kontor.mapping;

import io.kontor.money.Currencies;
import io.kontor.money.Decimals;
import io.kontor.money.Money;
import io.kontor.words.Words;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code accounts/<entity>}: a legal entity, its chart of accounts and its rates. */
final class EntityReader {

  private static final int MOST_VALID_DAYS = 31;

  /**
   * What hledger reads as the name of an account in a posting; an empty one is found elsewhere.
   *
   * @see <a href="https://hledger.org/hledger.html#account-names">hledger's account names</a>
   */
  private static final Pattern FILE_NAME = Pattern.compile("|(?![(\\[*!;~=])[^\\s;](?: ?[^\\s;])*");

  private final MappingFiles files;
  private final TableFaults faults;

  EntityReader(MappingFiles files, TableFaults faults) {
    this.files = files;
    this.faults = faults;
  }

  Optional<Entity> entity(String id) {
    String folder = "accounts/" + id;
    YamlFields yaml = files.yaml(folder + "/entity.yaml");
    String name = yaml.text("name");
    Optional<ZoneId> zone = yaml.value("zone", ZoneId::of);
    Optional<Currency> currency = yaml.value("currency", Currencies::of);
    String company = yaml.text("odooCompany");
    String journal = yaml.text("odooJournal");
    String zeroTax = yaml.text("odooZeroTax");
    Entity.VatPoint vatPoint =
        yaml.has("vatPoint")
            ? yaml.value("vatPoint", MappingsReader.word(Entity.VatPoint.values()))
                .orElse(Entity.VatPoint.SHIPMENT)
            : Entity.VatPoint.SHIPMENT;
    List<Entity.Book> books = new ArrayList<>();
    for (YamlFields book : yaml.objects("books")) {
      Optional<Entity.Target> target =
          book.value("target", MappingsReader.word(Entity.Target.values()));
      Optional<Entity.Granularity> granularity =
          book.value("granularity", MappingsReader.word(Entity.Granularity.values()));
      book.noOthers();
      if (target.isPresent() && books.stream().anyMatch(b -> b.target() == target.get())) {
        book.fault("target '%s' stands twice".formatted(Words.of(target.get())));
      } else if (target.isPresent() && granularity.isPresent()) {
        books.add(new Entity.Book(target.get(), granularity.get()));
      }
    }
    if (yaml.objects("books").isEmpty()) {
      yaml.fault("'books' names none: what is approved would be posted nowhere");
    }
    Optional<Money> autoApprove = autoApprove(yaml, currency);
    int validDays =
        yaml.has("rateValidDays")
            ? yaml.value("rateValidDays", EntityReader::days).orElse(Rates.USUAL_DAYS)
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
  private static Optional<Money> autoApprove(YamlFields entity, Optional<Currency> currency) {
    if (!entity.has("autoApprove")) {
      return Optional.empty();
    }
    YamlFields auto = entity.object("autoApprove");
    Optional<Money> limit =
        auto.value(
            "limit",
            text -> {
              Money amount = Money.of(text, currency.map(Currency::getCurrencyCode).orElse("EUR"));
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
  private Map<Currency, NavigableMap<LocalDate, BigDecimal>> rates(
      String file, Optional<Currency> own) {
    Map<Currency, NavigableMap<LocalDate, BigDecimal>> rates = new HashMap<>();
    if (!files.has(file)) {
      return rates;
    }
    for (MappingFiles.Row row : files.csv(file, "date", "currency", "rate", "source")) {
      try {
        LocalDate day = LocalDate.parse(row.get("date"));
        Currency currency = Currencies.of(row.get("currency"));
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
    int faultsBefore = faults.all().size();
    List<Chart.Row> rows = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (MappingFiles.Row row : files.csv(file, "account", "code", "name", "type", "file")) {
      String account = row.get("account");
      faults.requireAccount(row.place(), account);
      if (!seen.add(account)) {
        faults.add(row.place(), "account '%s' stands twice".formatted(account));
      }
      for (String column : List.of("code", "name", "type", "file")) {
        if (row.get(column).isEmpty()) {
          faults.add(row.place(), "account '%s' has no %s".formatted(account, column));
        }
      }
      if (!FILE_NAME.matcher(row.get("file")).matches()) {
        faults.add(
            row.place(),
            "'%s' cannot be the name of an account in a file: hledger ends it at two blanks or a tab, and begins a remark at ';'"
                .formatted(row.get("file")));
      }
      rows.add(
          new Chart.Row(
              account, row.get("code"), row.get("name"), row.get("type"), row.get("file")));
    }
    if (rows.isEmpty() && faults.all().size() == faultsBefore) {
      faults.add(file, "holds no account");
    }
    return new Chart(rows);
  }
}
