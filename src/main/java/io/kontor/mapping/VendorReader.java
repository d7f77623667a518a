package io.kontor.mapping;

import io.kontor.mapping.statement.StatementLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
      if (name.equals(Channel.WRITE_OFFS)) {
        document.fault("'%s' is what finance decides, no vendor sends it".formatted(name));
      }
      if (document.has("statement")) {
        statement(folder, name, document).ifPresent(statement -> all.put(name, statement));
      } else {
        translated(folder, name, document).ifPresent(translated -> all.put(name, translated));
      }
      document.noOthers();
    }
    if (tables(all) > 1) {
      documents.fault("the statements of one vendor must share their table of codes");
    }
    return all;
  }

  /** What is kept of a settlement does not say which of the documents it came as. */
  private static long tables(Map<String, Channel.Document> documents) {
    return documents.values().stream()
        .filter(Channel.Document.Statement.class::isInstance)
        .map(document -> ((Channel.Document.Statement) document).codes().rows())
        .distinct()
        .count();
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

  /** A statement may be written in several ways: each has a layout, and they share their codes. */
  private Optional<Channel.Document> statement(String folder, String name, YamlFields document) {
    List<StatementLayout> layouts = new ArrayList<>();
    LayoutReader reader = new LayoutReader(files);
    CodeTables tables = new CodeTables(files, faults);
    for (String file : document.texts("statement")) {
      reader.layout(folder, folder + "/" + file, tables).ifPresent(layouts::add);
    }
    if (layouts.stream().map(layout -> layout.codes().rows()).distinct().count() > 1) {
      document.fault("the layouts of one document must share their table of codes");
    }
    if (layouts.stream().map(StatementLayout::encodings).distinct().count() > 1) {
      document.fault("the layouts of one document must have the same encodings");
    }
    return layouts.isEmpty()
        ? Optional.empty()
        : Optional.of(new Channel.Document.Statement(name, layouts));
  }
}
