package io.kontor.mapping;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.kontor.document.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All files of a mappings folder, in memory. It remembers which of them somebody read: one that
 * nobody did is misnamed or misplaced, and would be silently without effect.
 */
final class MappingFiles {

  private static final int VERSION_DIGITS = 12;

  private final Map<String, byte[]> files = new TreeMap<>();
  private final Set<String> read = new HashSet<>();
  private final TableFaults faults;

  /** Some YAML could not be read: what it would have named is nobody's now. */
  private boolean unreadable;

  MappingFiles(Path root, TableFaults faults) {
    this.faults = faults;
    if (!Files.isDirectory(root)) {
      throw new IllegalArgumentException(
          "There is no folder of mappings %s: start Kontor where mappings/ lies, or set kontor.mappings"
              .formatted(root.toAbsolutePath()));
    }
    try {
      for (Map.Entry<String, Path> file : FolderFiles.of(root).entrySet()) {
        files.put(file.getKey(), Files.readAllBytes(file.getValue()));
      }
    } catch (IOException e) {
      throw FolderFiles.unreadable(root, e);
    }
  }

  /** A hash over names and contents of all files. */
  String version() {
    MessageDigest digest = Sha256.digest();
    files.forEach(
        (name, content) -> {
          digest.update(Sha256.of(name).getBytes(US_ASCII));
          digest.update(Sha256.digest().digest(content));
        });
    return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
  }

  boolean has(String name) {
    return files.containsKey(name);
  }

  /** Says that a file is read by others. */
  void isRead(String name) {
    read.add(name);
  }

  /** The folders directly in a folder. */
  List<String> folders(String parent) {
    return files.keySet().stream()
        .filter(name -> name.startsWith(parent + "/"))
        .map(name -> name.substring(parent.length() + 1))
        .filter(name -> name.contains("/"))
        .map(name -> name.substring(0, name.indexOf('/')))
        .distinct()
        .toList();
  }

  /** The files directly in a folder whose names end like this. */
  List<String> files(String folder, String ending) {
    return files.keySet().stream()
        .filter(name -> name.startsWith(folder + "/") && name.endsWith(ending))
        .filter(name -> name.indexOf('/', folder.length() + 1) < 0)
        .toList();
  }

  /** A file's text; a missing file, or one that is not UTF-8, is a fault and empty. */
  String text(String name) {
    return content(name).orElse("");
  }

  /** A file's text as far as it is text, for one who only looks whether it names something. */
  String glance(String name) {
    return new String(files.getOrDefault(name, new byte[0]), UTF_8);
  }

  private Optional<String> content(String name) {
    read.add(name);
    byte[] content = files.get(name);
    if (content == null) {
      faults.add(name, "is missing");
      return Optional.empty();
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      // Spreadsheets put a mark before a table.
      return Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      faults.add(name, "is not UTF-8");
      return Optional.empty();
    }
  }

  /** The keys and values of a file; of one that cannot be read nothing else is found wrong. */
  YamlFields yaml(String name) {
    return tree(name)
        .map(node -> new YamlFields(node, name, faults))
        .orElseGet(() -> new YamlFields(MissingNode.getInstance(), name, new TableFaults()));
  }

  /** The entries of a file; none if it cannot be read. */
  List<YamlFields> yamlList(String name) {
    return tree(name).map(node -> YamlFields.elements(node, name, faults)).orElse(List.of());
  }

  private Optional<JsonNode> tree(String name) {
    Optional<JsonNode> tree = content(name).flatMap(text -> YamlFields.parse(text, name, faults));
    unreadable |= tree.isEmpty();
    return tree;
  }

  /** A row of a CSV table: its place, for faults, and its fields by column. */
  record Row(String place, Map<String, String> fields) {

    String get(String column) {
      return fields.getOrDefault(column, "");
    }
  }

  /** A CSV table with exactly these columns. */
  List<Row> csv(String name, String... columns) {
    return csv(name, List.of(columns));
  }

  /**
   * A CSV table with these columns in any order, of which some may be missing. A row may end where
   * only such columns would follow.
   */
  List<Row> csv(String name, List<String> required, List<String> optional) {
    return csv(
        name,
        Set.copyOf(optional),
        header -> {
          Set<String> known = new HashSet<>(required);
          known.addAll(optional);
          return header.containsAll(required)
                  && known.containsAll(header)
                  && header.stream().distinct().count() == header.size()
              ? ""
              : "the columns must be %s and may be %s, not %s"
                  .formatted(
                      String.join(",", required),
                      String.join(",", optional),
                      String.join(",", header));
        });
  }

  /**
   * A CSV table. Lines that begin with # are remarks.
   *
   * @param columns what the header must say; any header will do if it is empty
   */
  List<Row> csv(String name, List<String> columns) {
    return csv(
        name,
        Set.of(),
        header ->
            columns.isEmpty() || header.equals(columns)
                ? ""
                : "the columns must be %s, not %s"
                    .formatted(String.join(",", columns), String.join(",", header)));
  }

  private List<Row> csv(
      String name, Set<String> optional, Function<List<String>, String> faultOfHeader) {
    List<Row> rows = new ArrayList<>();
    List<String> header = null;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .commentStrategy(de.siegmar.fastcsv.reader.CommentStrategy.SKIP)
            .extraFieldStrategy(de.siegmar.fastcsv.reader.FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(de.siegmar.fastcsv.reader.FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text(name))) {
      for (CsvRecord fields : reader) {
        if (header == null) {
          header = fields.getFields();
          String fault = faultOfHeader.apply(header);
          if (!fault.isEmpty()) {
            faults.add(name + ":" + fields.getStartingLineNumber(), fault);
            return rows;
          }
        } else {
          row(name + ":" + fields.getStartingLineNumber(), header, optional, fields, rows);
        }
      }
    } catch (CsvParseException e) {
      faults.add(name, "is not CSV: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private void row(
      String place, List<String> header, Set<String> optional, CsvRecord fields, List<Row> rows) {
    int count = fields.getFieldCount();
    if (count > header.size() || !optional.containsAll(header.subList(count, header.size()))) {
      faults.add(place, "has %d fields, the header has %d".formatted(count, header.size()));
      return;
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      row.put(header.get(i), fields.getField(i).strip());
    }
    rows.add(new Row(place, row));
  }

  /** To be called at the end: names the files that have no effect. */
  void noOthers() {
    for (String name : files.keySet()) {
      if (!unreadable && !read.contains(name) && !name.endsWith(".md")) {
        faults.add(name, "nothing reads this file: it is misnamed or misplaced");
      }
    }
  }
}
