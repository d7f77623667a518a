package io.kontor.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.RejectedFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class XmlRecordsTest {

  @Test
  void every_child_stands_in_a_list_and_attributes_have_an_at() {
    assertThat(records("<r><t a='1'><x>one</x><x b='2'>two</x><y/></t></r>", "t"))
        .containsExactly(
            "{\"@a\":\"1\",\"x\":[\"one\",{\"@b\":\"2\",\"#text\":\"two\"}],\"y\":[\"\"]}");
  }

  @Test
  void only_names_outside_the_records_namespace_keep_their_prefix() {
    String xml =
        "<p:r xmlns:p='urn:home' xmlns='urn:home' xmlns:f='urn:far'><p:t f:a='1'><f:x>1</f:x><x>2</x></p:t></p:r>";
    assertThat(records(xml, "t")).containsExactly("{\"@f:a\":\"1\",\"f:x\":[\"1\"],\"x\":[\"2\"]}");
  }

  @Test
  void records_come_one_by_one_wherever_they_stand() {
    assertThat(records("<r><h/><t>1</t><b><t>2</t></b><!-- --><t><![CDATA[<3>]]></t></r>", "t"))
        .containsExactly("{\"#text\":\"1\"}", "{\"#text\":\"2\"}", "{\"#text\":\"<3>\"}");
  }

  @Test
  void a_root_without_records_has_none() {
    assertThat(records("<r><x/></r>", "t")).isEmpty();
  }

  @Test
  void encodings_that_the_document_declares_are_read() {
    String xml = "<?xml version='1.0' encoding='ISO-8859-1'?><r><t>M\u00fcller</t></r>";
    assertThat(records(xml.getBytes(ISO_8859_1), "t"))
        .containsExactly("{\"#text\":\"M\u00fcller\"}");
    assertThat(records("<r><t>M\u00fcller</t></r>".getBytes(UTF_16), "t"))
        .containsExactly("{\"#text\":\"M\u00fcller\"}");
    assertThat(records("\ufeff<r><t>1</t></r>", "t")).containsExactly("{\"#text\":\"1\"}");
  }

  @Test
  void records_before_a_fault_are_handed_over() {
    List<String> seen = new ArrayList<>();
    assertThatThrownBy(
            () ->
                XmlRecords.read(
                    "<r><t>1</t><t>2</r>".getBytes(UTF_8), "t", t -> seen.add(t.toString())))
        .isInstanceOfSatisfying(
            RejectedFailure.class, e -> assertThat(e.code()).isEqualTo("not-xml"))
        .hasMessageContaining("line 1");
    assertThat(seen).hasSize(1);
  }

  @Test
  void a_record_is_found_in_an_envelope_of_another_namespace() {
    String xml =
        "<s:Envelope xmlns:s='urn:soap'><p:r xmlns:p='urn:home'><p:t><p:x>1</p:x><s:x>2</s:x></p:t></p:r></s:Envelope>";
    assertThat(records(xml, "t")).containsExactly("{\"x\":[\"1\"],\"s:x\":[\"2\"]}");
  }

  @Test
  void a_second_document_in_the_file_is_said_to_be_unread() {
    List<String> seen = new ArrayList<>();
    assertThatThrownBy(
            () ->
                XmlRecords.read(
                    "<r><t>1</t></r>\n<?xml version='1.0'?><r><t>2</t></r>".getBytes(UTF_8),
                    "t",
                    t -> seen.add(t.toString())))
        .isInstanceOfSatisfying(
            RejectedFailure.class, e -> assertThat(e.code()).isEqualTo("several-documents"))
        .hasMessageContaining("the file goes on");
    assertThat(seen).hasSize(1);
  }

  @Test
  void document_types_and_entities_are_refused() {
    refused(
        "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><r><t>&x;</t></r>",
        "doctype-refused");
    refused("<r><t>&x;</t></r>", "not-xml");
  }

  @Test
  void what_is_no_xml_is_said_to_be_what_it_is() {
    refused("", "empty-document");
    refused("<!doctype html><html></html>", "html-instead-of-xml");
    refused("{\"a\":1}", "not-xml");
    refused("<r><t>\u0007</t></r>", "not-xml");
  }

  @Test
  void invalid_utf_8_names_the_byte() {
    assertThatThrownBy(() -> records("<r><t>\u00fc</t></r>".getBytes(ISO_8859_1), "t"))
        .isInstanceOfSatisfying(
            RejectedFailure.class, e -> assertThat(e.code()).isEqualTo("invalid-utf-8"))
        .hasMessageContaining("byte 6");
  }

  @Test
  void nesting_has_an_end() {
    refused("<r>" + "<t>".repeat(200) + "</t>".repeat(200) + "</r>", "document-too-large");
  }

  private static void refused(String xml, String code) {
    assertThatThrownBy(() -> records(xml, "t"))
        .isInstanceOfSatisfying(RejectedFailure.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static List<String> records(String xml, String name) {
    return records(xml.getBytes(UTF_8), name);
  }

  private static List<String> records(byte[] xml, String name) {
    List<String> records = new ArrayList<>();
    long count = XmlRecords.read(xml, name, record -> records.add(record.toString()));
    assertThat(records).hasSize((int) count);
    return records;
  }
}
