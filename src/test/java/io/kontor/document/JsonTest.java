package io.kontor.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.failure.RejectedFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class JsonTest {

  /** In which Windows writes names into zips. */
  private static final Charset CP437 = Charset.forName("IBM437");

  @Test
  void numbers_keep_all_their_decimals() throws IOException {
    JsonNode tree = read("{\"a\":0.10,\"b\":9007199254740993.10,\"c\":100.00}");
    assertThat(Json.mapper().writeValueAsString(tree))
        .isEqualTo("{\"a\":0.10,\"b\":9007199254740993.10,\"c\":100.00}");
  }

  @Test
  void a_byte_order_mark_is_dropped() {
    assertThat(read("\ufeff{\"a\":1}").get("a").intValue()).isOne();
  }

  @Test
  void an_empty_document_is_said_to_be_empty() {
    refused("", "empty-document", "empty");
    refused(" \n\t ", "empty-document", "empty");
    refused("\ufeff", "empty-document", "empty");
  }

  @Test
  void a_web_page_is_recognised() {
    refused("\n<!DOCTYPE HTML><html></html>", "html-instead-of-json", "web page");
    refused("<html lang=en>", "html-instead-of-json", "fetch the document again");
  }

  @Test
  void broken_json_names_the_position() {
    refused("{\"a\": 1,\n \"b\": }", "not-json", "line 2, column 7");
    refused("{\"a\": 1} trailing", "not-json", "line 1");
    refused("{\"a\": NaN}", "not-json", "line 1");
  }

  @Test
  void a_key_that_stands_twice_is_refused() {
    refused("{\"total\": 1, \"total\": 2}", "duplicate-key", "'total'");
  }

  @Test
  void a_number_of_few_characters_that_is_gigabytes_written_out_is_refused() {
    assertThat(read("{\"a\":[1.5e2, 1E-7]}").get("a").get(0).decimalValue())
        .isEqualByComparingTo("150");
    refused("{\"id\":1e999999999}", "number-too-long", "1E+999999999");
    refused("{\"a\":[{\"b\":1e-999999999}]}", "number-too-long", "1E-999999999");
    refused("{\"a\":-1.5E+2147483647}", "number-too-long", "-1.5E+2147483647");
  }

  @Test
  void nesting_has_an_end() {
    refused("[".repeat(1000) + "]".repeat(1000), "not-json", "nesting depth");
  }

  @Test
  void invalid_utf_8_names_the_byte() {
    assertThatThrownBy(() -> Json.read("{\"a\":\"\u00fc\"}".getBytes(ISO_8859_1)))
        .isInstanceOfSatisfying(
            RejectedFailure.class,
            e -> {
              assertThat(e.code()).isEqualTo("invalid-utf-8");
              assertThat(e.reference()).isEqualTo("byte 6");
            })
        .hasMessageContaining("0xfc");
  }

  @Test
  void a_document_above_the_limit_is_refused_before_it_is_parsed() {
    byte[] large = new byte[Json.MOST_BYTES + 1];
    Arrays.fill(large, (byte) '1');
    assertThatThrownBy(() -> Json.read(large))
        .isInstanceOfSatisfying(
            RejectedFailure.class, e -> assertThat(e.code()).isEqualTo("document-too-large"));
  }

  @Test
  void gzip_and_zip_are_unpacked() throws IOException {
    assertThat(Json.read(gzip("{\"a\":1}")).get("a").intValue()).isOne();
    assertThat(Json.read(zip("one.json")).get("a").intValue()).isOne();
    assertThat(Json.read(zip(CP437, "\u00fcber.json")).get("a").intValue()).isOne();
  }

  @Test
  void a_small_file_that_unpacks_to_a_large_one_is_refused() throws IOException {
    refused(gzip(" ".repeat(Json.MOST_BYTES + 1)), "document-too-large");
  }

  @Test
  void a_small_file_of_millions_of_values_is_refused_before_they_fill_the_memory()
      throws IOException {
    refused(gzip("[" + "[],".repeat(3_000_000) + "[]]"), "document-too-large");
  }

  @Test
  void a_truncated_gzip_is_refused_as_such() throws IOException {
    byte[] whole = gzip("{\"a\":\"" + "x".repeat(5000) + "\"}");
    refused(Arrays.copyOf(whole, whole.length / 2), "truncated-gzip");
    refused(Arrays.copyOf(whole, 3), "truncated-gzip");
  }

  @Test
  void a_damaged_gzip_is_refused_as_such() throws IOException {
    byte[] whole = gzip("{\"a\":\"" + "x".repeat(5000) + "\"}");
    whole[whole.length - 5] ^= 1;
    refused(whole, "broken-gzip");
  }

  @Test
  void a_zip_of_two_files_is_refused() throws IOException {
    refused(zip("one.json", "two.json"), "zip-not-one-file");
  }

  private static JsonNode read(String text) {
    return Json.read(text.getBytes(UTF_8));
  }

  private static void refused(String text, String code, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(RejectedFailure.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static void refused(byte[] bytes, String code) {
    assertThatThrownBy(() -> Json.read(bytes))
        .isInstanceOfSatisfying(RejectedFailure.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String... names) throws IOException {
    return zip(UTF_8, names);
  }

  private static byte[] zip(Charset charset, String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, charset)) {
      zip.putNextEntry(new ZipEntry("folder/"));
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write("{\"a\":1}".getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
