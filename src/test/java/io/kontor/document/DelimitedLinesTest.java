package io.kontor.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.RejectedFailure;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DelimitedLinesTest {

  @Test
  void columns_are_found_by_name_and_short_lines_end_in_empty_fields() {
    assertThat(read("b\ta\n2\t1\n\n4\n", '\t', "a", "b")).containsExactly("2: 1 2", "4:  4");
  }

  @Test
  void a_quote_between_tabs_is_a_character_like_any_other() {
    assertThat(read("a\tb\n\"x\ty\"\"\n", '\t', "a", "b")).containsExactly("2: \"x y\"\"");
  }

  @Test
  void quotes_around_a_whole_field_between_tabs_are_no_part_of_it() {
    assertThat(read("\"a\"\t\"b\"\n\"-1,50\"\t\"12\"\" lamp\"\n\"\t\"\"\n", '\t', "a", "b"))
        .containsExactly("2: -1,50 12\" lamp", "3: \" ");
  }

  @Test
  void between_commas_fields_may_be_quoted() {
    assertThat(read("a,b\r\n\"x, y\",\"z \"\"q\"\"\"\r\n", ',', "a", "b"))
        .containsExactly("2: x, y z \"q\"");
  }

  @Test
  void the_second_encoding_counts_from_the_first_byte_that_is_not_of_the_first() {
    String text = "a\tb\n" + "plain\t1\n".repeat(20_000) + "M\u00fcller\t2\n";
    assertThat(read(text.getBytes(ISO_8859_1), '\t', "a", "b"))
        .last()
        .asString()
        .endsWith("M\u00fcller 2");
    assertThat(read(text.getBytes(UTF_8), '\t', "a", "b"))
        .last()
        .asString()
        .endsWith("M\u00fcller 2");
    assertThat(read(("\ufeff" + text).getBytes(UTF_8), '\t', "a", "b")).hasSize(20_001);
  }

  @Test
  void a_document_that_mixes_encodings_is_refused() {
    byte[] utf8 = "a\tb\nM\u00fcller\t1\n".getBytes(UTF_8);
    byte[] mixed = Arrays.copyOf(utf8, utf8.length + 1);
    mixed[utf8.length] = (byte) 0xfc;
    refused(mixed, "invalid-utf-8", "byte " + utf8.length);
  }

  @Test
  void a_document_without_a_line_is_refused() {
    refused(new byte[0], "empty-document", "empty");
    refused(" \n\t\n".getBytes(UTF_8), "empty-document", "empty");
  }

  @Test
  void the_header_is_the_first_line_that_is_not_blank() {
    assertThat(read("\n \na\tb\n1\t2\n", '\t', "a", "b")).containsExactly("4: 1 2");
  }

  @Test
  void the_header_may_stand_below_other_lines_and_every_line_keeps_its_number() {
    String file = "\ufeffReport\r\n\r\n\"Seller, 7\"\r\n--\r\na,b\r\n\"1\r\n\",2\r\n3,4\r\n";
    for (String end : List.of("\r\n", "\n", "\r")) {
      assertThat(read(file.replace("\r\n", end), ',', "a", "b"))
          .containsExactly("1?", "3?", "4?", "6: 1 2", "8: 3 4");
    }
  }

  @Test
  void the_header_is_looked_for_in_the_first_thirty_lines_that_are_not_blank() {
    String above = "x\n\n".repeat(29);
    assertThat(read(above + "a,b\n1,2\n", ',', "a", "b")).hasSize(30).endsWith("60: 1 2");
    assertThat(read(above + "x\na,b\n1,2\n", ',', "a", "b")).hasSize(30).endsWith("59?");
  }

  @Test
  void lines_above_the_header_may_be_as_long_as_any_other() {
    String longest = "x".repeat(DelimitedLines.MOST_LINE - 1);
    assertThat(read((longest + "\r\n").repeat(3) + "a,b\r\n1,2\r\n", ',', "a", "b"))
        .endsWith("5: 1 2");
  }

  @Test
  void a_byte_order_mark_says_what_the_encoding_is() {
    String text = "\ufeffa\tb\nM\u00fcller\t\u20ac\n";
    for (Charset encoding : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
      assertThat(read(text.getBytes(encoding), '\t', "a", "b"))
          .containsExactly("2: M\u00fcller \u20ac");
    }
  }

  @Test
  void fifty_megabytes_of_one_line_are_refused_early() {
    byte[] endless = new byte[50 << 20];
    Arrays.fill(endless, (byte) 'x');
    refused(endless, "line-too-long", "line 1");
    byte[] second = endless.clone();
    System.arraycopy("a\tb\n".getBytes(UTF_8), 0, second, 0, 4);
    refused(second, "line-too-long", "line 2");
  }

  private static List<String> read(String text, char delimiter, String... columns) {
    return read(text.getBytes(UTF_8), delimiter, columns);
  }

  private static List<String> read(byte[] bytes, char delimiter, String... columns) {
    List<String> lines = new ArrayList<>();
    boolean quotes = delimiter != '\t';
    DelimitedLines.read(
        new ByteArrayInputStream(bytes),
        List.of(UTF_8, ISO_8859_1),
        (header, number) -> {
          List<String> names = DelimitedLines.fields(header, delimiter, quotes);
          int a = names.indexOf(columns[0]);
          int b = names.indexOf(columns[1]);
          if (a < 0 || b < 0) {
            lines.add("%d?".formatted(number));
            return Optional.empty();
          }
          return Optional.of(
              new DelimitedLines.Dialect(
                  delimiter,
                  quotes,
                  List.of(),
                  line ->
                      lines.add("%d: %s %s".formatted(line.number(), line.get(a), line.get(b)))));
        });
    return lines;
  }

  private static void refused(byte[] bytes, String code, String message) {
    assertThatThrownBy(() -> read(bytes, '\t', "a", "b"))
        .isInstanceOfSatisfying(RejectedFailure.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
