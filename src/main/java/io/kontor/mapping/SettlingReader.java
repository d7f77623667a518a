package io.kontor.mapping;

import io.kontor.money.Decimals;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how a channel settles. */
final class SettlingReader {

  private static final String TAXES = "settlement-taxes.csv";
  private static final String RATES = "rate-card.csv";

  /** The tables of a channel that are read here. */
  static final List<String> TABLES = List.of(TAXES, RATES);

  private final MappingFiles files;
  private final TableFaults faults;

  SettlingReader(MappingFiles files, TableFaults faults) {
    this.files = files;
    this.faults = faults;
  }

  /** Whether a channel's table is one of those that are read here. */
  static boolean reads(String file) {
    return TABLES.stream().anyMatch(table -> file.endsWith("/" + table));
  }

  Settling of(String channel, YamlFields yaml) {
    int days = Settling.DEFAULT.withinDays();
    Optional<Settling.Prices> prices = Optional.of(Settling.DEFAULT.prices());
    if (yaml.has("settling")) {
      YamlFields settling = yaml.object("settling");
      if (settling.has("withinDays")) {
        days = settling.value("withinDays", SettlingReader::days).orElse(days);
      }
      if (settling.has("prices")) {
        prices = settling.value("prices", MappingsReader.word(Settling.Prices.values()));
      }
      settling.noOthers();
    }
    String folder = "channels/" + channel + "/";
    List<String> tables = files.files("channels/" + channel, ".csv");
    return new Settling(
        days,
        prices.orElse(Settling.DEFAULT.prices()),
        tables.contains(folder + TAXES) ? taxes(folder + TAXES) : List.of(),
        tables.contains(folder + RATES) ? rates(folder + RATES) : RateCard.NONE);
  }

  private static int days(String text) {
    int days = Integer.parseInt(text);
    if (days < 0) {
      throw new IllegalArgumentException("a number of days cannot be negative: " + text);
    }
    return days;
  }

  private List<Settling.TaxRow> taxes(String file) {
    List<Settling.TaxRow> rows = new ArrayList<>();
    List<String> required = List.of("marketplace", "country", "rate", "scheme");
    for (MappingFiles.Row row : files.csv(file, required, List.of("from", "to"))) {
      try {
        rows.add(
            new Settling.TaxRow(
                row.get("marketplace"),
                new TaxKey(
                    row.get("country"),
                    Decimals.parse(row.get("rate")),
                    TaxScheme.of(row.get("scheme"))),
                month(row.get("from")),
                month(row.get("to"))));
      } catch (DateTimeException e) {
        faults.add(row.place(), e.getMessage() + ": from and to are months, such as 2021-01");
      } catch (IllegalArgumentException e) {
        faults.add(row.place(), e.getMessage());
      }
    }
    return rows;
  }

  private RateCard rates(String file) {
    List<RateCard.Rate> rates = new ArrayList<>();
    for (MappingFiles.Row row :
        files.csv(file, "fee", "sku", "from", "to", "percent", "perUnit", "minimum")) {
      try {
        rates.add(
            new RateCard.Rate(
                fee(row.get("fee")),
                row.get("sku"),
                LocalDate.parse(row.get("from")),
                Optional.of(row.get("to")).filter(to -> !to.isEmpty()).map(LocalDate::parse),
                decimal(row.get("percent")),
                decimal(row.get("perUnit")),
                decimal(row.get("minimum"))));
      } catch (IllegalArgumentException | DateTimeException e) {
        faults.add(row.place(), e.getMessage());
      }
    }
    return new RateCard(rates);
  }

  private static Optional<YearMonth> month(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(YearMonth.parse(text));
  }

  private static String fee(String role) {
    if (!role.equals(RateCard.COMMISSION) && !role.equals(RateCard.FULFILMENT)) {
      throw new IllegalArgumentException(
          "'%s' is none of %s, %s".formatted(role, RateCard.COMMISSION, RateCard.FULFILMENT));
    }
    return role;
  }

  private static BigDecimal decimal(String text) {
    return text.isEmpty() ? BigDecimal.ZERO : Decimals.parse(text);
  }
}
