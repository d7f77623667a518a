package io.kontor.mapping;

import java.nio.charset.Charset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code vendors/<vendor>}: the documents that a vendor sends, and how each is read. */
final class VendorReader {

  private final MappingFiles files;
  private final TableFaults faults;

  VendorReader(MappingFiles files, TableFaults faults) {
    this.files = files;
    this.faults = faults;
  }

  Map<String, Channel.Document> documents(String vendor) {
    String folder = "vendors/" + vendor;
    files.isRead(folder + "/vendor.jq");
    YamlFields yaml = files.yaml(folder + "/vendor.yaml");
    YamlFields documents = yaml.object("documents");
    yaml.noOthers();
    Map<String, Channel.Document> all = new LinkedHashMap<>();
    for (String name : documents.keys()) {
      YamlFields document = documents.object(name);
      if (document.has("statement")) {
        String file = folder + "/" + document.text("statement");
        layout(folder, file)
            .ifPresent(
                layout -> all.put(name, new Channel.Document.Statement(name, List.of(layout))));
      } else {
        translated(folder, name, document).ifPresent(translated -> all.put(name, translated));
      }
      document.noOthers();
    }
    return all;
  }

  private Optional<Channel.Document> translated(String folder, String name, YamlFields document) {
    String jq = folder + "/" + document.text("jq");
    files.text(jq);
    Optional<Channel.Format> format =
        document.value("format", MappingsReader.word(Channel.Format.values()));
    Optional<String> record = document.optionalText("record");
    if (format.isPresent() && (format.get() == Channel.Format.XML) != record.isPresent()) {
      document.fault("'record' names the element of a record in XML, and only there");
    }
    return format.map(known -> new Channel.Document.Translated(name, known, jq, record));
  }

  private Optional<StatementLayout> layout(String folder, String file) {
    YamlFields yaml = files.yaml(file);
    Optional<Character> delimiter = yaml.value("delimiter", VendorReader::delimiter);
    List<Charset> encodings = yaml.values("encodings", Charset::forName);
    Optional<Boolean> decimalComma =
        Optional.of(yaml.texts("decimals").contains("comma")); // a point is always understood
    List<String> dates = yaml.texts("dates");
    List<DateTimeFormatter> usable =
        yaml.values("dates", pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    if (encodings.isEmpty() || usable.isEmpty()) {
      yaml.fault("'encodings' and 'dates' must name at least one each");
    }
    StatementLayout.Totals totals = totals(yaml.object("totals"));
    StatementLayout.Line line = line(yaml.object("line"));
    SettlementCodes codes =
        new CodeTables(files, faults).ofVendor(folder + "/" + yaml.text("codes"));
    yaml.noOthers();
    return delimiter.map(
        known ->
            new StatementLayout(known, encodings, decimalComma.get(), dates, totals, line, codes));
  }

  private static char delimiter(String word) {
    return switch (word) {
      case "tab" -> '\t';
      case "comma" -> ',';
      case "semicolon" -> ';';
      default ->
          throw new IllegalArgumentException(
              "'%s' is none of tab, comma, semicolon".formatted(word));
    };
  }

  private static StatementLayout.Totals totals(YamlFields yaml) {
    StatementLayout.Totals totals =
        new StatementLayout.Totals(
            yaml.text("settlement"),
            yaml.text("currency"),
            yaml.text("amount"),
            yaml.text("from"),
            yaml.text("to"),
            yaml.text("paidOn"));
    yaml.noOthers();
    return totals;
  }

  private static StatementLayout.Line line(YamlFields yaml) {
    StatementLayout.Line line =
        new StatementLayout.Line(
            yaml.text("order"),
            yaml.text("sku"),
            yaml.text("quantity"),
            yaml.texts("postedOn"),
            yaml.text("amount"),
            yaml.text("marketplace"),
            yaml.texts("code"));
    if (line.postedOn().isEmpty() || line.code().isEmpty()) {
      yaml.fault("'postedOn' and 'code' must name at least one column each");
    }
    yaml.noOthers();
    return line;
  }
}
