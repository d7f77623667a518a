package io.kontor.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.mapping.statement.SettlementCode;
import io.kontor.mapping.statement.StatementLine;
import io.kontor.mapping.statement.StatementReader;
import io.kontor.mapping.statement.StatementTotals;
import io.kontor.money.Money;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Statements in, lines out: {@code statements/<vendor>/<case>/statement.*} becomes {@code
 * lines.csv}. Amazon's layouts are those that are shipped; the others lie beside their cases, to
 * show that a vendor needs nothing but a layout. With {@code -Dgolden.write=true} the answers are
 * written anew.
 */
class GoldenStatementTest {

  private static final Path CASES = Path.of("src/test/resources/statements");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  private final Map<String, Channel.Document.Statement> documents =
      Map.of(
          "amazon", document(Path.of("mappings"), "amazon", "settlement"),
          "adyen", document(CASES, "adyen", "settlement"),
          "paypal", document(CASES, "paypal", "activity"));

  private static Channel.Document.Statement document(Path root, String vendor, String name) {
    TableFaults faults = new TableFaults();
    MappingFiles files = new MappingFiles(root, faults);
    Channel.Document document = new VendorReader(files, faults).documents(vendor).get(name);
    faults.throwIfAny();
    return (Channel.Document.Statement) document;
  }

  @TestFactory
  List<DynamicTest> statements_become_the_lines_that_were_agreed() {
    return cases().map(file -> DynamicTest.dynamicTest(name(file), () -> compare(file))).toList();
  }

  @TestFactory
  List<DynamicTest> lines_add_up_to_the_total_of_their_statement() {
    return cases()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    name(file),
                    () -> {
                      List<StatementLine> lines = new ArrayList<>();
                      StatementTotals totals = read(file, lines);
                      assertThat(
                              Money.sum(
                                  lines.stream().map(StatementLine::amount).toList(),
                                  totals.total().currency()))
                          .isEqualTo(totals.total());
                      assertThat(lines).extracting(StatementLine::number).doesNotHaveDuplicates();
                    }))
        .toList();
  }

  @Test
  void the_long_and_the_wide_layout_of_a_settlement_mean_the_same() throws IOException {
    List<String> wide =
        meanings(CASES.resolve("amazon/wide-33-columns-of-amazon-de/statement.txt"));
    assertThat(wide)
        .hasSizeGreaterThan(30)
        .containsExactlyElementsOf(meanings(CASES.resolve("amazon/long/statement.txt")));
  }

  private List<String> meanings(Path file) throws IOException {
    List<StatementLine> lines = new ArrayList<>();
    read(file, lines);
    return lines.stream()
        .map(
            line ->
                "%s %s %s %s %s"
                    .formatted(
                        line.order(),
                        line.sku(),
                        line.postedOn(),
                        line.amount(),
                        meaning(file, line)))
        .toList();
  }

  private static Stream<Path> cases() {
    try (Stream<Path> walk = Files.walk(CASES)) {
      return walk
          .filter(file -> file.getFileName().toString().startsWith("statement."))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return CASES.relativize(file.getParent()).toString();
  }

  private void compare(Path file) throws IOException {
    List<StatementLine> lines = new ArrayList<>();
    StatementTotals totals = read(file, lines);
    StringBuilder answer = new StringBuilder();
    answer.append(
        "# settlement %s, %s, %s to %s, paid on %s%n"
            .formatted(
                totals.settlement(),
                totals.total(),
                totals.from(),
                totals.to(),
                totals.paidOn().map(Object::toString).orElse("no day")));
    answer.append("line,order,sku,quantity,postedOn,marketplace,code,amount,nature,role\n");
    for (StatementLine line : lines) {
      answer.append(
          Stream.of(
                  line.number(),
                  line.order(),
                  line.sku(),
                  line.quantity().toPlainString(),
                  line.postedOn(),
                  line.marketplace(),
                  line.code(),
                  line.amount().plain(),
                  meaning(file, line))
              .map(GoldenStatementTest::cell)
              .reduce((one, other) -> one + "," + other)
              .orElseThrow());
      answer.append('\n');
    }
    Path golden = file.resolveSibling("lines.csv");
    if (WRITE) {
      Files.writeString(golden, answer);
    }
    assertThat(answer.toString()).isEqualTo(Files.readString(golden));
  }

  private static String cell(Object value) {
    String text = value.toString();
    return text.contains(",") && !text.matches("[a-z]*,[a-z.-]*") ? '"' + text + '"' : text;
  }

  private String meaning(Path file, StatementLine line) {
    Optional<SettlementCode> code =
        documents.get(vendor(file)).codes().find(line.code(), line.marketplace());
    return code.map(
            known -> known.nature().name().toLowerCase(java.util.Locale.ROOT) + "," + known.role())
        .orElse("unknown,suspense");
  }

  private static String vendor(Path file) {
    return CASES.relativize(file).getName(0).toString();
  }

  private StatementTotals read(Path file, List<StatementLine> lines) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return StatementReader.read(
          documents.get(vendor(file)).layouts(), file.toString(), in, lines::add);
    }
  }
}
