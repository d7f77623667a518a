package io.kontor.mapping;

import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.mapping.statement.StatementDates;
import io.kontor.mapping.statement.StatementLayout;
import io.kontor.mapping.statement.StatementLayout.Amount;
import io.kontor.mapping.statement.StatementLayout.DecimalSign;
import io.kontor.mapping.statement.StatementLayout.Filter;
import io.kontor.mapping.statement.StatementLayout.Source;
import io.kontor.mapping.statement.StatementLayout.Sum;
import io.kontor.mapping.statement.StatementLayout.Text;
import io.kontor.mapping.statement.StatementLine;
import io.kontor.money.Currencies;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code <document>.statement.yaml}: how a delimited statement is written. */
final class LayoutReader {

  private static final String CURRENCY = "currency";
  private static final String AMOUNT = "amount";

  private final MappingFiles files;

  LayoutReader(MappingFiles files) {
    this.files = files;
  }

  /** The layout of a file, if it is sound; what is wrong with it is noted. */
  Optional<StatementLayout> layout(String folder, String file, CodeTables tables) {
    YamlFields yaml = files.yaml(file);
    List<Character> delimiters = yaml.values("delimiter", LayoutReader::delimiter);
    Optional<Boolean> quotes =
        yaml.has("quotes") ? Optional.of(yaml.truth("quotes")) : Optional.empty();
    List<Charset> encodings = yaml.values("encodings", Charset::forName);
    Set<DecimalSign> decimals =
        Set.copyOf(yaml.values("decimals", MappingsReader.word(DecimalSign.values())));
    List<String> empty = yaml.values("empty", String::strip);
    Optional<StatementLayout.Dates> dates = dates(yaml);
    Map<String, List<String>> columns = lists(yaml, "columns");
    if (delimiters.isEmpty() || encodings.isEmpty() || decimals.isEmpty()) {
      yaml.fault("'delimiter', 'encodings' and 'decimals' must name at least one each");
    }
    Optional<StatementLayout.Totals> totals = totals(yaml.object("totals"));
    Optional<StatementLayout.Line> line = line(yaml.object("line"), totals);
    SettlementCodes codes = tables.ofVendor(folder + "/" + yaml.text("codes"));
    yaml.noOthers();
    if (delimiters.isEmpty()
        || encodings.isEmpty()
        || dates.isEmpty()
        || totals.isEmpty()
        || line.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StatementLayout(
            file.substring(file.lastIndexOf('/') + 1),
            delimiters,
            quotes,
            encodings,
            decimals,
            empty,
            dates.get(),
            columns,
            totals.get(),
            line.get(),
            codes));
  }

  private static char delimiter(String word) {
    return switch (word) {
      case "tab" -> '\t';
      case "comma" -> ',';
      case "semicolon" -> ';';
      case "pipe" -> '|';
      default ->
          throw new IllegalArgumentException(
              "'%s' is none of tab, comma, semicolon, pipe".formatted(word));
    };
  }

  /** Any word is a language to Java, also one whose months it cannot name. */
  private static Locale language(String tag) {
    Locale language = Locale.forLanguageTag(tag);
    boolean known =
        !language.getLanguage().isEmpty()
            && Arrays.stream(Locale.getAvailableLocales())
                .anyMatch(one -> one.getLanguage().equals(language.getLanguage()));
    if (!known) {
      throw new IllegalArgumentException(
          "'%s' is no language that months are known of: write its code, such as en, de or en-GB"
              .formatted(tag));
    }
    return language;
  }

  private static Optional<StatementLayout.Dates> dates(YamlFields yaml) {
    List<Locale> languages =
        yaml.has("languages") ? yaml.values("languages", LayoutReader::language) : List.of();
    Optional<ZoneId> zone =
        yaml.has("zone") ? yaml.value("zone", ZoneId::of) : Optional.of(ZoneOffset.UTC);
    List<String> patterns = yaml.texts("dates");
    List<?> usable =
        yaml.values("dates", pattern -> StatementDates.format(pattern, Locale.ENGLISH));
    if (patterns.isEmpty()) {
      yaml.fault("'dates' must name at least one");
    }
    if (usable.isEmpty() || usable.size() < patterns.size() || zone.isEmpty()) {
      return Optional.empty();
    }
    StatementLayout.Dates dates =
        new StatementLayout.Dates(
            patterns, languages.isEmpty() ? List.of(Locale.ENGLISH) : languages, zone.get());
    StatementDates.doubts(dates).forEach(doubt -> yaml.fault("'dates': " + doubt));
    return Optional.of(dates);
  }

  private static Optional<StatementLayout.Totals> totals(YamlFields yaml) {
    Optional<Source> source =
        yaml.has("source")
            ? yaml.value("source", MappingsReader.word(Source.values()))
            : Optional.of(Source.FIRST_ROW);
    if (source.isEmpty()) {
      return Optional.empty();
    }
    boolean balances = source.get() == Source.BALANCES;
    Filter rows = filter(yaml, "rows", source.get() == Source.ROWS);
    Filter opening = filter(yaml, "opening", balances);
    Filter closing = filter(yaml, "closing", balances);
    Sum amount = source.get() == Source.LINES ? new Sum(List.of(), List.of()) : sum(yaml);
    List<Text> settlement = settlement(yaml);
    Text currency = currency(yaml);
    Text from = text(yaml, "from");
    Text to = text(yaml, "to");
    if (source.get() == Source.FIRST_ROW
        && (settlement.isEmpty() || from.equals(Text.NONE) || to.equals(Text.NONE))) {
      yaml.fault("the first row must state 'settlement', 'from' and 'to'");
    }
    Text paidOn = text(yaml, "paidOn");
    yaml.noOthers();
    return Optional.of(
        new StatementLayout.Totals(
            source.get(), rows, opening, closing, settlement, currency, amount, from, to, paidOn));
  }

  private static Optional<StatementLayout.Line> line(
      YamlFields yaml, Optional<StatementLayout.Totals> totals) {
    List<Amount> amounts = new ArrayList<>();
    if (yaml.has("amounts")) {
      yaml.objects("amounts").forEach(amount -> amounts.add(amount(amount)));
    } else {
      amounts.add(new Amount(sum(yaml), yaml.values("code", Text::of), true));
    }
    for (Amount amount : amounts) {
      if (amount.code().isEmpty()) {
        yaml.fault("each amount must have a 'code' of at least one word");
      }
    }
    if (amounts.isEmpty() || amounts.size() >= StatementLine.PLACES) {
      yaml.fault("'amounts' must name 1 to %d".formatted(StatementLine.PLACES - 1));
    }
    Text postedOn = text(yaml, "postedOn");
    if (postedOn.equals(Text.NONE)) {
      yaml.fault("'postedOn' must name at least one column");
    }
    StatementLayout.Line line =
        new StatementLayout.Line(
            text(yaml, "order"),
            text(yaml, "sku"),
            text(yaml, "quantity"),
            postedOn,
            text(yaml, "marketplace"),
            yaml.has(CURRENCY)
                ? currency(yaml)
                : totals.map(StatementLayout.Totals::currency).orElse(Text.NONE),
            filter(yaml, "where", false),
            filter(yaml, "except", false),
            amounts);
    yaml.noOthers();
    return amounts.isEmpty() ? Optional.empty() : Optional.of(line);
  }

  private static Amount amount(YamlFields yaml) {
    Amount amount =
        new Amount(
            sum(yaml), yaml.values("code", Text::of), !yaml.has("zeros") || yaml.truth("zeros"));
    yaml.noOthers();
    return amount;
  }

  /** {@code amount: column}, or the columns of {@code plus} and {@code minus}. */
  private static Sum sum(YamlFields yaml) {
    if (yaml.has(AMOUNT)) {
      return new Sum(List.of(yaml.text(AMOUNT)), List.of());
    }
    Sum sum = new Sum(yaml.texts("plus"), yaml.texts("minus"));
    if (sum.columns().isEmpty()) {
      yaml.fault("must name an 'amount', or columns that 'plus' adds and 'minus' takes off");
    }
    return sum;
  }

  /** One text, or several of which the first that is not empty counts. */
  private static Text text(YamlFields yaml, String key) {
    List<Text> texts = yaml.values(key, Text::of);
    if (texts.size() == 1) {
      return texts.get(0);
    }
    if (texts.stream().anyMatch(text -> !text.constant().isEmpty())) {
      yaml.fault("'%s': a constant stands alone, without columns beside it".formatted(key));
    }
    return new Text(texts.stream().flatMap(text -> text.choices().stream()).toList(), "");
  }

  private static List<Text> settlement(YamlFields yaml) {
    List<Text> words = yaml.values("settlement", Text::of);
    if (!words.isEmpty() && words.stream().allMatch(word -> word.columns().isEmpty())) {
      yaml.fault("'settlement' must name a column: constants alone name all statements alike");
    }
    return words;
  }

  private static Text currency(YamlFields yaml) {
    Text currency = text(yaml, CURRENCY);
    if (currency.equals(Text.NONE)) {
      yaml.fault("'currency' must name a column, or say which one it always is, such as =EUR");
    } else if (currency.columns().isEmpty()) {
      try {
        Currencies.of(currency.constant());
      } catch (IllegalArgumentException e) {
        yaml.fault("'currency': " + e.getMessage());
      }
    }
    return currency;
  }

  private static Filter filter(YamlFields yaml, String key, boolean needed) {
    Map<String, List<String>> values = lists(yaml, key);
    if (needed && values.isEmpty()) {
      yaml.fault("'%s' must say which rows these are".formatted(key));
    }
    return new Filter(values);
  }

  private static Map<String, List<String>> lists(YamlFields yaml, String key) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    if (yaml.has(key)) {
      YamlFields object = yaml.object(key);
      object.keys().forEach(column -> lists.put(column, object.texts(column)));
    }
    return lists;
  }
}
